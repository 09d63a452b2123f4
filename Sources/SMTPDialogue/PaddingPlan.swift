/// How large the envelope (MAIL, all RCPT and DATA, with their CRLFs) shall be made.
package struct PaddingPlan: Equatable, Sendable {
  /// Exact size in bytes, from `--envelope-size`.
  package var target: Int?
  /// Bytes on the wire that the envelope's flight must at least fill: the first piece of `--split`.
  ///
  /// A shorter envelope is padded to exactly this, a longer one left alone. Under TLS the bytes that
  /// encryption adds count, since the cut is made on ciphertext. It bears on a flight, so without
  /// pipelining, where every command is a flight by itself, nothing is padded for it.
  package var minimum: Int?

  package init(target: Int? = nil, minimum: Int? = nil) {
    self.target = target
    self.minimum = minimum
  }
}
