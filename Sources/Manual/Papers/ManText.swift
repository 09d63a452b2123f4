/// Text as mdoc(7) wants it.
struct ManText {
  private(set) var lines: [String] = []

  /// A macro and its words, which are text already escaped.
  mutating func macro(_ words: String...) { lines.append("." + words.joined(separator: " ")) }

  /// Prose with code in backticks, each sentence from the beginning of a line.
  mutating func prose(_ words: String) {
    for sentence in Self.sentences(words) {
      var line = ""
      for word in Self.inline(sentence).split(separator: " ") {
        if !line.isEmpty, line.utf8.count + word.utf8.count >= 78 {
          text(line)
          line = ""
        }
        line += (line.isEmpty ? "" : " ") + word
      }
      text(line)
    }
  }

  /// A line that is no macro, whatever it begins with.
  private mutating func text(_ line: String) {
    lines.append(line.hasPrefix(".") || line.hasPrefix("'") ? "\\&" + line : line)
  }

  /// Lines as they are.
  mutating func literal(_ text: [String]) {
    macro("Bd -literal -offset indent")
    for line in text { self.text(Self.escaped(line)) }
    macro("Ed")
  }

  /// A word as an argument of a macro: no macro itself, and one word.
  static func word(_ text: String) -> String {
    let escaped = escaped(text)
    let isPlain = escaped.allSatisfy { $0 != " " && $0 != "\"" }
    if isPlain {
      return escaped.count <= 3 || escaped.first?.isPunctuation == true ? "\\&" + escaped : escaped
    }
    return "\"" + escaped.replacing("\"", with: "\\(dq") + "\""
  }

  /// Words behind a macro that takes a whole line.
  static func line(_ text: String) -> String { escaped(text) }

  private static func escaped(_ text: String) -> String {
    text.replacing("\\", with: "\\e").replacing("-", with: "\\-")
  }

  /// Code stands out, and emphasis goes.
  private static func inline(_ text: String) -> String {
    text.replacing("**", with: "").split(separator: "`", omittingEmptySubsequences: false)
      .enumerated().map { index, part in
        let part = linkText(String(part))
        return index % 2 == 1 ? "\\fB" + escaped(part) + "\\fP" : part.replacing("\\", with: "\\e")
      }.joined()
  }

  /// `[words](place)` without the place.
  private static func linkText(_ text: String) -> String {
    text.replacing(/\[([^\]]*)\]\([^)]*\)/) { String($0.output.1) }
  }

  /// mdoc begins each sentence on a line of its own.
  private static func sentences(_ text: String) -> [String] {
    var result: [String] = []
    var sentence = ""
    for word in text.split(separator: " ") {
      sentence += (sentence.isEmpty ? "" : " ") + word
      if let last = word.last(where: { !")\"*".contains($0) }), ".!?".contains(last) {
        result.append(sentence)
        sentence = ""
      }
    }
    return sentence.isEmpty ? result : result + [sentence]
  }
}
