/// Puts stand-ins for private words into a document.
///
/// It works on the JSON form, through every text of it, and the document is read back from that: what no form
/// of a report can do is to leave out a place that another has thought of.
package struct Redactor: Sendable, Equatable {
  package var mode: RedactionMode
  /// Names of this host and its user, which a document may hold without saying what they are.
  package var own: [String]
  /// Where this user's files are.
  package var ownPaths: [String]

  package init(mode: RedactionMode, own: [String] = [], ownPaths: [String] = []) {
    self.mode = mode
    self.own = own
    self.ownPaths = ownPaths
  }

  /// The document without the words; the same one where nothing is asked for or where its kind tells of no
  /// host. `nil` where a stand-in broke it, which is a fault of ours: the document must not go out then.
  package func redacted(_ document: any Document) -> (any Document)? {
    if let comparison = document as? ComparisonDocument { return redacted(comparison) }
    if let catalogue = document as? CatalogueDocument { return redacted(catalogue) }
    guard mode != .none, SavedDocument.kinds.contains(type(of: document).kind) else {
      return document
    }
    guard let value = try? JSONValue(jsonDocument(document)[...]) else { return nil }
    let words = PrivateWords(in: value, mode: mode, own: own, ownPaths: ownPaths).standIns
    var pass = Pass(words: words)
    let changed = pass.replacing(value, under: "")
    let bytes = pass.marked(changed, mode).written
    switch try? SavedDocument(json: bytes) {
    case .session(let saved): return saved.report
    case .domain(let report): return report
    case .sweep(let report): return report
    case .diagnosis(let report): return report
    case .suite(let report): return report
    case nil: return nil
    }
  }
}

/// One way through a document.
struct Pass {
  private let words: StandIns
  private let byFirst: [UInt8: [[UInt8]]]
  private(set) var replaced = 0

  init(words: StandIns) {
    self.words = words
    byFirst = Dictionary(grouping: words.originals) { lowered($0[0]) }
  }

  /// Keys whose values are our own words, and not what others said.
  private static let ownWords: Set = [
    "kind", "stage", "status", "custody", "id", "state", "wait", "started_at", "ending_stage",
    "tool",
    "redaction", "sysctl", "knob", "grade", "effect", "sha256", "not_before", "not_after", "stages",
  ]

  mutating func replacing(_ value: JSONValue, under key: String) -> JSONValue {
    if Self.ownWords.contains(key) { return value }
    switch value {
    case .text(let text): return .text(replacing(text))
    case .list(let values):
      var changed: [JSONValue] = []
      for value in values { changed.append(replacing(value, under: key)) }
      return .list(changed)
    case .object(let members):
      var changed: [JSONMember] = []
      for var member in members {
        member.value = replacing(member.value, under: member.name)
        changed.append(member)
      }
      return .object(changed)
    case .null, .flag, .number: return value
    }
  }

  mutating func replacing(_ text: String) -> String {
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    var place = 0
    var found = false
    while place < bytes.count {
      if let word = byFirst[lowered(bytes[place])]?.first(where: {
        stands($0, in: bytes, at: place)
      }),
        let standIn = words[word]
      {
        result += standIn
        place += word.count
        replaced += 1
        found = true
      } else if let standIn = standIn(cutShortIn: bytes, at: place) {
        result += standIn
        place += standIn.count
        replaced += 1
        found = true
      } else {
        result.append(bytes[place])
        place += 1
      }
    }
    return found ? String(decoding: result, as: UTF8.self) : text
  }

  /// The beginning of a stand-in, where a word was shortened by three dots before anybody looked for it.
  private func standIn(cutShortIn bytes: [UInt8], at place: Int) -> ArraySlice<UInt8>? {
    guard begins(in: bytes, at: place), let candidates = byFirst[lowered(bytes[place])] else {
      return nil
    }
    for word in candidates {
      let isExact = isExact(word)
      let common = zip(word, bytes[place...]).prefix {
        isExact ? $0 == $1 : lowered($0) == lowered($1)
      }
      .count
      guard common < word.count else { continue }
      // The last that they share may be a dot of the name, or the first of the three.
      for length in [common, common - 1]
      where length >= Self.leastCut && bytes[(place + length)...].starts(with: "...".utf8) {
        return words[word]?.prefix(length)
      }
    }
    return nil
  }

  /// Bytes of a word that tell something of it.
  private static let leastCut = 3

  /// Whether capitals make another word of it: of all but names with dots, addresses and mailboxes.
  private func isExact(_ word: [UInt8]) -> Bool {
    word.contains(UInt8(ascii: "/")) || !word.contains { [0x2E, 0x3A, 0x40].contains($0) }
  }

  /// Whether the word stands there whole; names with dots in any case.
  private func stands(_ word: [UInt8], in bytes: [UInt8], at place: Int) -> Bool {
    let end = place + word.count
    guard end <= bytes.count else { return false }
    let isPath = word.contains(UInt8(ascii: "/"))
    let isExact = isExact(word)
    for (index, byte) in word.enumerated() {
      let other = bytes[place + index]
      guard isExact ? byte == other : lowered(byte) == lowered(other) else { return false }
    }
    if isPath { return true }
    if end < bytes.count {
      if isWord(bytes[end]) { return false }
      // A dot that ends a sentence, and none that goes on with the name.
      if bytes[end] == UInt8(ascii: "."), end + 1 < bytes.count, isWord(bytes[end + 1]) {
        return false
      }
    }
    return begins(in: bytes, at: place)
  }

  /// Whether a word may begin there.
  private func begins(in bytes: [UInt8], at place: Int) -> Bool {
    guard place > 0, isWord(bytes[place - 1]) else { return true }
    // Behind an escape such as \x0A the word begins.
    return place > 3 && bytes[place - 4] == 0x5C && bytes[place - 3] == UInt8(ascii: "x")
  }

  /// With what was done, wherever a session tells of it.
  func marked(_ value: JSONValue, _ mode: RedactionMode) -> JSONValue {
    switch value {
    case .list(let values): return .list(values.map { marked($0, mode) })
    case .object(let members):
      return .object(
        members.map { member in
          var member = member
          guard member.name == "redaction" else {
            member.value = marked(member.value, mode)
            return member
          }
          // A report that was redacted before stays at least that.
          let before = member.value["mode"]?.text ?? RedactionMode.none.rawValue
          let kept = before == RedactionMode.all.rawValue ? before : mode.rawValue
          let count = replaced + (member.value["replaced"]?.integer ?? 0)
          member.value = .object([
            JSONMember(name: "mode", value: .text(kept), written: []),
            JSONMember(name: "replaced", value: .number(String(count)), written: []),
          ])
          return member
        })
    case .null, .flag, .number, .text: return value
    }
  }
}

private func lowered(_ byte: UInt8) -> UInt8 {
  (0x41...0x5A).contains(byte) ? byte + 0x20 : byte
}
