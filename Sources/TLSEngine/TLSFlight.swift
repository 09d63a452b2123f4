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
}
