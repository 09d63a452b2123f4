package import SessionTrace

extension Experiment {
  /// What a session showed that was asked to show more, and changes nothing.
  package struct Observation: Codable, Sendable, Equatable {
    /// What can be asked for, by the name of its variation and of the option.
    package enum Kind: String, Sendable {
      case nudge, hops
    }

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

    /// What the variant shows of that which was asked; `nil` where it shows none of it.
    init?(of kind: Kind, in trace: Trace) {
      missing = trace.commandCount { !$0.isAnswered }
      switch kind {
      case .nudge:
        guard let nudge = trace.nudge, let reading = trace.nudgeReading else { return nil }
        self.nudge = nudge
        nudgeReading = reading
      case .hops:
        guard let hops = trace.hops else { return nil }
        self.hops = hops
        hopReading = hops.reading
      }
    }

    /// Whether both tell the same, whatever their numbers.
    func isLike(_ other: Observation) -> Bool {
      nudgeReading == other.nudgeReading && hopReading == other.hopReading
    }

    private enum CodingKeys: String, CodingKey {
      case nudge, hops
      case missing = "missing_replies"
      case nudgeReading = "nudge_reading"
      case hopReading = "hops_reading"
    }
  }
}
