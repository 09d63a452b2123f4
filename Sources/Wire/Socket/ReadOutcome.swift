package import SessionTrace

/// What one read brought.
package enum ReadOutcome: Sendable, Equatable {
  /// Bytes, and when the kernel received the last of them (the moment of the read where it did
  /// not say), in the loop's time.
  case bytes([UInt8], at: Microseconds)
  /// Nothing is there yet.
  case wouldBlock
  /// The peer sent FIN.
  case endOfStream
  /// The connection is broken.
  case failed(SystemFailure)
}
