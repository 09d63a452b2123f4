/// Where one TLS record lies in a flight, and which plaintext it carries (RFC 8446 section 5).
package struct RecordSpan: Sendable, Equatable {
  /// First byte of the record header, in bytes from the start of the flight.
  package var start: Int
  /// One past the last byte of the record.
  package var end: Int
  /// Where this record's plaintext begins in the text that was sealed; of one without, where the next begins.
  package var plaintextOffset: Int
  /// Bytes of sealed text in this record; 0 for handshake and alerts.
  package var plaintextLength: Int
  /// Bytes from ``start`` to the first encrypted plaintext byte: the header of 5, and what the cipher
  /// puts behind it (8 of nonce for GCM and CCM under TLS 1.2, the initialisation vector for CBC).
  package var headerLength: Int

  package init(
    start: Int, end: Int, plaintextOffset: Int, plaintextLength: Int, headerLength: Int
  ) {
    self.start = start
    self.end = end
    self.plaintextOffset = plaintextOffset
    self.plaintextLength = plaintextLength
    self.headerLength = headerLength
  }
}

extension RecordSpan {
  /// Bytes of a record header: type, version, length.
  static let recordHeaderLength = 5

  /// Finds the records in ciphertext that GnuTLS made, from `start` on; none carries sealed text.
  static func scan(_ bytes: [UInt8], from start: Int = 0) -> [RecordSpan] {
    var spans: [RecordSpan] = []
    var position = start
    while position + recordHeaderLength <= bytes.count {
      let length = Int(bytes[position + 3]) << 8 | Int(bytes[position + 4])
      let end = min(position + recordHeaderLength + length, bytes.count)
      spans.append(
        RecordSpan(
          start: position, end: end, plaintextOffset: 0, plaintextLength: 0,
          headerLength: recordHeaderLength))
      position = end
    }
    return spans
  }
}
