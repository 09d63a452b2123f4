/// Takes a secret out of what others say: a server may repeat what it was told.
///
/// Lengths stay. It knows the password and every line of the exchange in each of ``SecretForms``, over lines and
/// whatever stands between their parts; see ``SearchedText``. The work grows with the text.
package struct SecretRedactor: Equatable, Sendable {
  /// Where a text was cut out of a longer one, of which nobody will see the rest: what a secret ends or begins
  /// with there is part of it.
  package struct Cuts: OptionSet, Sendable {
    package let rawValue: UInt8
    package static let start = Cuts(rawValue: 1)
    package static let end = Cuts(rawValue: 2)

    package init(rawValue: UInt8) { self.rawValue = rawValue }
  }

  private var secrets: [[UInt8]] = []
  private var words: [[UInt8]] = []
  private var strict = PatternSearch.nothing
  private var loose = PatternSearch.nothing

  /// A redactor that knows of nothing.
  package init() {}

  package init(password: String) {
    let password = Array(password.utf8)
    if password.count >= PatternSearch.shortest {
      secrets = [password]
    } else if !password.isEmpty {
      words = SecretForms.words(of: password)
    }
    prepare()
  }

  /// Whether there is nothing to look for.
  package var isEmpty: Bool { secrets.isEmpty && words.isEmpty }

  /// One more: a response. Less than four bytes would be found anywhere.
  package mutating func add(_ secret: [UInt8]) {
    guard secret.count >= PatternSearch.shortest, !secrets.contains(secret) else { return }
    secrets.append(secret)
    prepare()
  }

  /// The same without what is looked for as a word: for texts that are none.
  package var withoutWords: SecretRedactor {
    var other = self
    other.words = []
    other.prepare()
    return other
  }

  private mutating func prepare() {
    let forms = secrets.flatMap(SecretForms.all)
    strict = PatternSearch(
      forms.map { $0.map(Byte.lowercased) }, words: words.map { $0.map(Byte.lowercased) })
    loose = PatternSearch(
      forms.map(SearchedText.loosened).filter { $0.count >= PatternSearch.shortest })
  }
}

extension SecretRedactor {
  /// Bytes from the wire, or words of our own about them, with stars for every secret in them.
  package func redacted(_ bytes: [UInt8], cut: Cuts = []) -> [UInt8] {
    guard !isEmpty else { return bytes }
    return starred(SearchedText(bytes, hasCodes: true), cut)
  }

  /// The lines of one reply, their codes taken off.
  package func redacted(lines: [[UInt8]]) -> [[UInt8]] {
    guard !isEmpty else { return lines }
    var rest = starred(
      SearchedText(Array(lines.joined(separator: [Byte.cr, Byte.lf])), hasCodes: false), [])[...]
    return lines.map { line in
      defer { rest = rest.dropFirst(line.count + 2) }
      return Array(rest.prefix(line.count))
    }
  }

  private func starred(_ text: SearchedText, _ cut: Cuts) -> [UInt8] {
    // How many secrets begin at each place, less those that end there.
    var edges = [Int](repeating: 0, count: text.bytes.count + 1)
    func mark(_ range: Range<Int>) {
      edges[range.lowerBound] += 1
      edges[range.upperBound] -= 1
    }
    let asSaid = text.strict
    search(strict, asSaid, cut, mark)
    let view = text.loose
    search(loose, view.bytes, cut) { range in
      mark(
        view.origins[range.lowerBound].lowerBound..<view.origins[range.upperBound - 1].upperBound)
    }
    var shown = text.bytes
    var open = 0
    for index in shown.indices {
      open += edges[index]
      if open > 0, !text.isFrame[index] { shown[index] = UInt8(ascii: "*") }
    }
    return shown
  }

  private func search(
    _ patterns: PatternSearch, _ text: [UInt8], _ cut: Cuts, _ mark: (Range<Int>) -> Void
  ) {
    patterns.places(in: text, mark)
    if cut.contains(.end) {
      let length = patterns.beginning(atEndOf: text)
      if length > 0 { mark((text.count - length)..<text.count) }
    }
    if cut.contains(.start) {
      // Each pattern is there backwards, too.
      let length = patterns.beginning(atEndOf: text.prefix(patterns.reach).reversed())
      if length > 0 { mark(0..<length) }
    }
  }
}
