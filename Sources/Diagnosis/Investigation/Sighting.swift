package import SessionTrace

/// What a session showed that was asked to look, and changes nothing.
package struct Sighting: Codable, Sendable, Equatable {
  /// Replies that were missing when the session was over.
  package var missing: Int
  /// What a nudge brought; `nil` where there was none to send.
  package var nudge: NudgeRecord?
  package var nudgeReading: NudgeReading?
  /// Who acknowledges; `nil` where nobody asked.
  package var hops: HopsRecord?
  package var hopReading: HopReading?

  package init(
    missing: Int, nudge: NudgeRecord? = nil, nudgeReading: NudgeReading? = nil,
    hops: HopsRecord? = nil, hopReading: HopReading? = nil
  ) {
    self.missing = missing
    self.nudge = nudge
    self.nudgeReading = nudgeReading
    self.hops = hops
    self.hopReading = hopReading
  }

  /// What the variant shows of that which its knob asks; `nil` where it shows none of it.
  init?(of knob: Knob, in trace: Trace) {
    missing = trace.commands.count { !$0.isAnswered }
    switch knob {
    case .nudge:
      guard let nudge = trace.nudge, let reading = trace.nudgeReading else { return nil }
      self.nudge = nudge
      nudgeReading = reading
    case .hops:
      guard let hops = trace.hops else { return nil }
      self.hops = hops
      hopReading = hops.reading
    default: return nil
    }
  }

  /// Whether both tell the same, whatever their numbers.
  func isLike(_ other: Sighting) -> Bool {
    nudgeReading == other.nudgeReading && hopReading == other.hopReading
  }

  private enum CodingKeys: String, CodingKey {
    case nudge, hops
    case missing = "missing_replies"
    case nudgeReading = "nudge_reading"
    case hopReading = "hops_reading"
  }
}

extension Knob {
  /// Whether it changes nothing about a session, and only shows more of it.
  package var onlyLooks: Bool { self == .nudge || self == .hops }
}
