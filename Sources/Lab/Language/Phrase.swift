import SessionTrace

/// One sentence of the fixture language, and what it means.
///
/// The language is a handful of tables of phrases. The same table reads a line, lists what is known
/// in an error, and documents itself: a word cannot be understood and yet be missing from the list.
/// In a pattern, upper-case words are places: `N` a number, `T` a time such as `200ms`, `TEXT` bytes
/// in quotation marks, `NAME` any one word, `REST` all that follows. `byte/bytes` stands for either.
struct Phrase<Meaning>: Sendable {
  let pattern: String
  let meaning: @Sendable (PhraseArguments) -> Meaning

  init(_ pattern: String, _ meaning: @escaping @Sendable (PhraseArguments) -> Meaning) {
    self.pattern = pattern
    self.meaning = meaning
  }

  /// What `tokens` mean, when they are this phrase.
  func match(_ tokens: [PhraseToken]) -> Meaning? {
    var arguments = PhraseArguments()
    var rest = tokens[...]
    for part in pattern.split(separator: " ") {
      if part == "REST" {
        arguments.names.append(rest.map(\.written).joined(separator: " "))
        return rest.isEmpty ? nil : meaning(arguments)
      }
      guard let token = rest.popFirst(), arguments.accept(token, at: part) else { return nil }
    }
    return rest.isEmpty ? meaning(arguments) : nil
  }
}

/// What stood at the places of a phrase, in order of appearance, by kind.
struct PhraseArguments {
  var numbers: [Int] = []
  var times: [Microseconds] = []
  var texts: [[UInt8]] = []
  var names: [String] = []

  fileprivate mutating func accept(_ token: PhraseToken, at part: Substring) -> Bool {
    switch (part, token) {
    case ("N", .word(let word)):
      guard let number = Int(word), number >= 0 else { return false }
      numbers.append(number)
    case ("T", .word(let word)):
      guard let time = time(word) else { return false }
      times.append(time)
    case ("NAME", .word(let word)):
      names.append(word)
    case ("TEXT", .text(let bytes)):
      texts.append(bytes)
    case (_, .word(let word)):
      return part.split(separator: "/").contains { $0 == word }
    case (_, .text):
      return false
    }
    return true
  }
}

/// `250us`, `200ms`, `2s`; `nil` for anything else, or a time over a day.
func time(_ word: String) -> Microseconds? {
  for (unit, factor) in [("us", 1), ("ms", 1000), ("s", 1_000_000)] as [(String, Microseconds)]
  where word.hasSuffix(unit) {
    guard let number = Microseconds(word.dropLast(unit.count)) else { continue }
    let (product, overflow) = number.multipliedReportingOverflow(by: factor)
    return overflow || product < 0 || product > .seconds(86_400) ? nil : product
  }
  return nil
}

/// Reads `line` by the first phrase of `table` that it is.
///
/// What stands there, such as "stage direction", is named for the error.
func interpret<Meaning>(_ line: SourceLine, as what: String, by table: [Phrase<Meaning>])
  throws(FixtureError) -> Meaning
{
  let tokens = try phraseTokens(line)
  for phrase in table {
    if let meaning = phrase.match(tokens) { return meaning }
  }
  let known = table.map(\.pattern)
  throw line.error(
    "I do not know \"\(line.text)\" as \(article(what)) \(what)", known: known,
    mend: nearPhrase(tokens, among: known) ?? misplaced(line) ?? "use one of the words below")
}

/// The mend for a line that says something known in the wrong place.
private func misplaced(_ line: SourceLine) -> String? {
  let text = line.text
  for mark in ["C:", "S:", "M:"] where text.uppercased().hasPrefix(mark) {
    return text.hasPrefix(mark)
      ? "\(mark) lines stand under \"Server:\" and \"Fault:\"" : "write \(mark) in upper case"
  }
  if ["path ", "router ", "client ", "server "].contains(where: { text.hasPrefix($0) }) {
    return "words about the network stand under \"Network:\" and \"Network fault:\""
  }
  if ["Run", "Control"].contains(where: { text.hasPrefix($0) }), text.contains(":") {
    return "a section's heading is not indented"
  }
  return nil
}

private func article(_ noun: String) -> String { "aeiou".contains(noun.prefix(1)) ? "an" : "a" }
