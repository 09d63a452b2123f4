/// Ciphertext that one step of a session produced, to be handed to the wire at once.
///
/// GnuTLS pushes a server's first flight in up to six pieces; sent as they come they would make the
/// small packets that this tool is there to diagnose. So one call gives one flight, and whoever sends
/// it decides about the segments.
package struct TLSFlight: Sendable, Equatable {
  package var bytes: [UInt8]
  /// The records in ``bytes``, in order and without gaps.
  package var records: [RecordSpan]

  package init(bytes: [UInt8], records: [RecordSpan]) {
    self.bytes = bytes
    self.records = records
  }

  /// Where in ``bytes`` the plaintext byte at `offset` of the sealed text lies, encrypted.
  ///
  /// Every cipher of TLS keeps the order and the distance of the bytes inside a record, so this is
  /// exact to the byte, or to the cipher's block with CBC. `nil` past the end.
  package func ciphertextOffset(ofPlaintext offset: Int) -> Int? {
    guard let record = record(carrying: offset) else { return nil }
    return record.start + record.headerLength + (offset - record.plaintextOffset)
  }

  /// The record that carries the plaintext byte at `offset` of the sealed text; `nil` past the end.
  ///
  /// Its `end` is what must have arrived before the peer can read the byte: a record is authenticated
  /// as a whole.
  package func record(carrying offset: Int) -> RecordSpan? {
    records.first { record in
      record.plaintextOffset <= offset && offset < record.plaintextOffset + record.plaintextLength
    }
  }
}
