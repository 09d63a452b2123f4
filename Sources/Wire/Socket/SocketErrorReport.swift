package import SessionTrace

/// An error that the kernel reported beside the stream: it did not end the connection by itself.
package struct SocketErrorReport: Sendable, Equatable {
  /// Who spoke.
  package enum Origin: String, Sendable {
    /// A host on the path, or the peer's, by ICMP. On a connection the kernel does not keep who it
    /// was, and it may have been our own host, for want of a neighbour.
    case icmp
    /// Our own kernel: a neighbour that does not answer, a packet too big for the interface.
    case local
  }

  /// What it said, as the `errno` it stands for.
  package var failure: SystemFailure
  /// Who said it.
  package var origin: Origin
  /// Numeric address of the sender of the ICMP message; `nil` where the kernel did not keep it.
  package var reporter: String?
  /// When we learnt of it, in the loop's time.
  package var at: Microseconds

  /// A report.
  package init(
    failure: SystemFailure, origin: Origin, reporter: String?, at: Microseconds
  ) {
    self.failure = failure
    self.origin = origin
    self.reporter = reporter
    self.at = at
  }
}
