import SessionTrace

/// The TXT record at `_mta-sts.DOMAIN`, by which a domain says that it has a policy.
///
///     _mta-sts.example.com. TXT "v=STSv1; id=20160831085700Z;"
///
/// Source: RFC 8461 section 3.1.
package struct STSRecord: Equatable, Sendable {
  /// Names the version of the policy; whoever holds an older one fetches it anew.
  package var id: String

  /// Why a domain has no policy, as far as its TXT records say.
  package enum Absence: Error, Equatable, Sendable {
    /// None begins as such a record does; one that nearly does, escaped.
    case none(nearly: String?)
    /// So many do, and then none of them counts.
    case several(Int)
    /// The one that does cannot be read. A sentence.
    case malformed(String)
  }

  /// Finds the one record among all that the name has; the strings of each are joined already.
  package static func find(among records: [[UInt8]]) throws(Absence) -> STSRecord {
    let prefix = Array("v=STSv1;".utf8)
    let candidates = records.filter { $0.starts(with: prefix) }
    guard let only = candidates.first else { throw .none(nearly: near(records)) }
    guard candidates.count == 1 else { throw .several(candidates.count) }
    return try STSRecord(fields: only.dropFirst(prefix.count))
  }

  /// A record that somebody meant to be one.
  private static func near(_ records: [[UInt8]]) -> String? {
    let meant = records.first { record in
      record.contains { $0 == UInt8(ascii: "=") }
        && String(decoding: record, as: UTF8.self).lowercased().contains("stsv1")
    }
    return meant.map { escapedText($0.prefix(100)) }
  }

  /// Reads what stands behind the version: fields with semicolons between, the last of which may be left out.
  private init(fields text: ArraySlice<UInt8>) throws(Absence) {
    var id: String?
    for field in text.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false) {
      let field = trimmed(field)
      // Only the last one may be empty, but nothing is lost by reading on.
      guard !field.isEmpty else { continue }
      guard let equals = field.firstIndex(of: UInt8(ascii: "=")) else {
        throw .malformed("\"\(escapedText(field.prefix(40)))\" is no field: write name=value")
      }
      let name = field[..<equals]
      let value = field[(equals + 1)...]
      guard !name.isEmpty, !value.isEmpty, Self.isPlain(value) else {
        throw .malformed(
          "\"\(escapedText(field.prefix(40)))\" is no field: its value is empty, or has a blank or \"=\" in it"
        )
      }
      // Of fields that stand there twice, the first one counts (section 3.2).
      guard name.elementsEqual("id".utf8), id == nil else { continue }
      guard value.count <= 32, value.allSatisfy(isAlphanumeric) else {
        throw .malformed("id=\(escapedText(value.prefix(40))): 1 to 32 letters and digits will do")
      }
      id = String(decoding: value, as: UTF8.self)
    }
    guard let id else { throw .malformed("there is no id: add \"id=\" and a number") }
    self.id = id
  }

  /// Whether a value has no blank, sign of equality or control character in it.
  private static func isPlain(_ value: ArraySlice<UInt8>) -> Bool {
    value.allSatisfy { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "=") }
  }
}

extension STSRecord.Absence {
  /// The same in words, without the name that was asked for.
  package var text: String {
    switch self {
    case .none(nil): "no TXT record begins with \"v=STSv1;\""
    case .none(let record?): "no TXT record begins with \"v=STSv1;\": \"\(record)\" does not"
    case .several(let count): "\(count) TXT records begin with \"v=STSv1;\": keep one"
    case .malformed(let reason): "the TXT record cannot be read: \(reason)"
    }
  }
}
