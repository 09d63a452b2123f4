/// One piece handed to the kernel, and what became of it.
package struct SegmentRecord: Codable, Sendable, Equatable {
  /// Offset of its first byte in our stream.
  package var offset: Int
  package var length: Int
  package var stage: Stage
  package var written: Microseconds
  /// Left TCP for the network device (`SOF_TIMESTAMPING_TX_SCHED`); `nil` where the kernel gave no stamp.
  package var sent: Microseconds?
  /// Passed by a cumulative ACK (`SOF_TIMESTAMPING_TX_ACK`); `nil` where the kernel gave no stamp.
  package var acknowledged: Microseconds?
  /// Whether the kernel's segment counter agrees that it left as one segment; `nil` when no plan
  /// asked for it or the counter cannot tell.
  package var asPlanned: Bool?

  package init(
    offset: Int, length: Int, stage: Stage, written: Microseconds, sent: Microseconds? = nil,
    acknowledged: Microseconds? = nil, asPlanned: Bool? = nil
  ) {
    self.offset = offset
    self.length = length
    self.stage = stage
    self.written = written
    self.sent = sent
    self.acknowledged = acknowledged
    self.asPlanned = asPlanned
  }

  private enum CodingKeys: String, CodingKey {
    case offset, length, stage
    case written = "written_us"
    case sent = "sent_us"
    case acknowledged = "acknowledged_us"
    case asPlanned = "as_planned"
  }
}
