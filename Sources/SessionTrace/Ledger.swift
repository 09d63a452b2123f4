/// Running totals of the session's bytes, as offsets in the stream of their direction.
///
/// Counted from our first byte after the TCP handshake. Under TLS these are ciphertext bytes: they
/// are what a capture shows. Invariant, by the kernel's word:
/// `answered <= acknowledged <= sent <= written`.
package struct Ledger: Codable, Sendable, Equatable {
  /// Handed to the kernel.
  package var written: Int
  /// Left the host at least once.
  package var sent: Int
  /// Acknowledged by whoever ends TCP there; an ACK never proves who that is.
  package var acknowledged: Int
  /// Up to the end of the last command, in order, that has its complete reply.
  package var answered: Int
  /// `written - sent`: still in our own kernel, never sent.
  package var unsent: Int
  /// The other direction: bytes read from the socket.
  package var received: Int

  package init(
    written: Int = 0, sent: Int = 0, acknowledged: Int = 0, answered: Int = 0, unsent: Int = 0,
    received: Int = 0
  ) {
    self.written = written
    self.sent = sent
    self.acknowledged = acknowledged
    self.answered = answered
    self.unsent = unsent
    self.received = received
  }

  /// Whether each number is at most the one before: what was answered had been acknowledged, and so on.
  package var isInOrder: Bool {
    0 <= answered && answered <= acknowledged && acknowledged <= sent && sent <= written
      && unsent == written - sent
  }
}
