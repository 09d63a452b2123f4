/// Follows the records in a peer's ciphertext, however reads cut it, without decrypting any.
///
///     17 03 03 0B C2 …        a record that announces 3,010 bytes behind its header of 5
///
/// GnuTLS keeps what has come of a record to itself until all of it is there, so that only its frame
/// tells that a peer has begun to speak. Source: RFC 8446 section 5.1.
package struct RecordFraming: Sendable {
  /// Bytes that came of the record that has not ended yet, its header included; 0 between records.
  package private(set) var unfinished = 0
  private var header: [UInt8] = []

  /// Before the first record.
  package init() {}

  /// The whole length of the record that has not ended, its header included; `nil` before its header
  /// is complete.
  package var announced: Int? {
    guard header.count == RecordSpan.recordHeaderLength else { return nil }
    return RecordSpan.recordHeaderLength + (Int(header[3]) << 8 | Int(header[4]))
  }

  /// Takes the next bytes of the stream; says whether a record ended in them that is neither an alert
  /// nor change_cipher_spec, which answer nothing.
  package mutating func receive(_ bytes: [UInt8]) -> Bool {
    var rest = bytes[...]
    var hasAnswer = false
    while !rest.isEmpty {
      let wanted = (announced ?? RecordSpan.recordHeaderLength) - unfinished
      let part = rest.prefix(wanted)
      header += part.prefix(RecordSpan.recordHeaderLength - header.count)
      rest = rest.dropFirst(part.count)
      unfinished += part.count
      if unfinished == announced {
        hasAnswer = hasAnswer || ![20, 21].contains(header[0])
        header = []
        unfinished = 0
      }
    }
    return hasAnswer
  }
}
