/// Other names of the same length for the people of an envelope, so that what goes over the wire can be shown to
/// anybody: offsets are the subject of a report, and stay.
///
/// Letters and digits become `x`, the last of them counted on where two would be the same. Dots, hyphens and
/// whatever else gives an address its form stay; so do `postmaster`, which every server knows (RFC 5321 section
/// 4.5.1), and addresses in brackets. Pseudonyms in the same order are their own.
package struct EnvelopePseudonyms: Sendable, Equatable {
  private var names = Column()
  private var domains = Column()
  private var pseudonyms: [String: String] = [:]
  /// Longest first, so that none spoils another that it is a part of.
  private var originals: [String] = []

  /// Names of one kind, and what they are called.
  private struct Column: Sendable, Equatable {
    var known: [String: String] = [:]
    /// How many there are of each form.
    var counts: [String: Int] = [:]
  }

  /// Those of these mailboxes, without brackets; the null sender has none.
  package init(of mailboxes: [String]) {
    for mailbox in mailboxes where !mailbox.isEmpty && pseudonyms[mailbox] == nil {
      pseudonyms[mailbox] = add(mailbox)
    }
    originals = pseudonyms.keys.sorted { ($1.utf8.count, $0) < ($0.utf8.count, $1) }
  }

  /// The pseudonym of one of them; what is none of them stays.
  package subscript(mailbox: String) -> String { pseudonyms[mailbox] ?? mailbox }

  /// The word of a command line with pseudonyms in the place of their addresses.
  package func replacing(in word: String) -> String {
    var word = word
    for original in originals where original.contains("@") {
      word = word.replacing(original, with: self[original])
    }
    return word
  }

  private mutating func add(_ mailbox: String) -> String {
    guard let at = mailbox.lastIndex(of: "@") else {
      return Self.pseudonym(of: mailbox, among: &names)
    }
    let domain = String(mailbox[mailbox.index(after: at)...])
    return Self.pseudonym(of: String(mailbox[..<at]), among: &names) + "@"
      + (domain.hasPrefix("[") ? domain : Self.pseudonym(of: domain.lowercased(), among: &domains))
  }

  /// Names of different form cannot meet, so each form counts its own; very short names begin again.
  private static func pseudonym(of name: String, among column: inout Column) -> String {
    if name.lowercased() == "postmaster" { return name }
    if let pseudonym = column.known[name] { return pseudonym }
    let form = spelled(name, 0)
    let number = column.counts[form, default: 0]
    column.counts[form] = number + 1
    let pseudonym = spelled(name, number)
    column.known[name] = pseudonym
    return pseudonym
  }

  /// `xxxxx`, `xxxxy`, …: the number in letters, from the end.
  private static func spelled(_ name: String, _ number: Int) -> String {
    var bytes = Array(name.utf8)
    var rest = number
    for index in bytes.indices.reversed() where isLetter(bytes[index]) {
      bytes[index] = UInt8(ascii: "a") + UInt8((23 + rest % 26) % 26)
      rest /= 26
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x80...: true
    default: false
    }
  }
}
