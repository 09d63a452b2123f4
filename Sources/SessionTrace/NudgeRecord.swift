/// One `NOOP` sent into a silence, and what it brought to light: recorded, not interpreted.
///
/// A reply that was stuck behind it may come out, a path that has forgotten the connection may answer
/// with a reset, or nothing happens. It is sent when the session is over: ledger, waits and replies
/// are without it. Source: seed 001, where bytes that followed set free what had been swallowed.
package struct NudgeRecord: Codable, Sendable, Equatable {
  /// When it was handed to the kernel.
  package var sent: Microseconds
  /// When all of it had been acknowledged; `nil` when it was not.
  package var acknowledged: Microseconds?
  /// When the first bytes came; `nil` when none did.
  package var first: Microseconds?
  /// Bytes that came, as on the wire: under TLS, of ciphertext.
  package var receivedBytes: Int
  /// The first 512 of them, decrypted where there is TLS, escaped by ``escapedText(_:)``.
  package var text: String
  /// How long we listened.
  package var listened: Microseconds
  /// The peer ended the stream meanwhile.
  package var closed: Bool
  /// What broke the connection meanwhile; `nil` when nothing did.
  package var failure: SystemFailure?

  package init(
    sent: Microseconds, acknowledged: Microseconds? = nil, first: Microseconds? = nil,
    receivedBytes: Int = 0, text: String = "", listened: Microseconds = 0, closed: Bool = false,
    failure: SystemFailure? = nil
  ) {
    self.sent = sent
    self.acknowledged = acknowledged
    self.first = first
    self.receivedBytes = receivedBytes
    self.text = text
    self.listened = listened
    self.closed = closed
    self.failure = failure
  }

  private enum CodingKeys: String, CodingKey {
    case text, closed, failure
    case sent = "sent_us"
    case acknowledged = "acknowledged_us"
    case first = "first_us"
    case receivedBytes = "received_bytes"
    case listened = "listened_us"
  }
}
