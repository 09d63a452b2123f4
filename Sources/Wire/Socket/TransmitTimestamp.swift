package import SessionTrace

/// When one of our writes passed a point on its way (`SO_TIMESTAMPING`).
package struct TransmitTimestamp: Sendable, Equatable {
  /// The point.
  package enum Kind: Sendable, CaseIterable {
    /// It entered the packet scheduler, on its way to the network device (`SOF_TIMESTAMPING_TX_SCHED`).
    case sent
    /// A cumulative ACK passed it.
    case acknowledged
  }

  /// Offset in our stream of the last byte of the write.
  package var lastByte: Int
  /// Which point it passed.
  package var kind: Kind
  /// When, in the loop's time.
  package var at: Microseconds

  /// A timestamp.
  package init(lastByte: Int, kind: Kind, at: Microseconds) {
    self.lastByte = lastByte
    self.kind = kind
    self.at = at
  }
}
