package import SessionTrace

/// What became of one write.
package enum WriteOutcome: Sendable, Equatable {
  /// The kernel took this many bytes from the front; fewer than given means that it is full.
  case wrote(Int)
  /// It took none: wait for the socket to become writable.
  case wouldBlock
  /// The connection is broken. What the peer sent before may still be readable.
  case failed(SystemFailure)
}
