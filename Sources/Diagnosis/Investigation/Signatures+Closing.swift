import SessionTrace

/// Family G, and what replies by themselves show.
extension Signatures {
  static let closing = [quitIgnored, resetEatsReply, miscounted]

  private static let quitIgnored = Signature(
    id: "quit-ignored",
    fits: { $0.stage == .quit && ($0.status == .stalled || $0.isBrokenOff) },
    requires: [
      .seen("everything before QUIT was answered: nothing of the delivery is in doubt", not: "") {
        $0.stage == .quit
      }
    ])

  private static let resetEatsReply = Signature(
    id: "rst-eats-final-reply",
    fits: { $0.status == .reset && $0.isPipelined && $0.group == .envelope },
    requires: [.goes(with: .pipeliningOff), .refusal(with: .pipeliningOff)], best: .confirmed)

  private static let miscounted = Signature(
    id: "reply-count-mismatch",
    fits: { $0.trace.violations.contains { $0.kind == .unsolicitedReply } },
    requires: [
      .seen("a reply came that answers nothing", not: "") { _ in true }
    ],
    decider: "the same one command at a time: a surplus that stays is the server's own")
}

extension Criterion {
  /// With that knob the server's refusal can be read.
  fileprivate static func refusal(with knob: Knob) -> Criterion {
    shown(with: { _ in knob }) { _, trace in
      guard let refusal = decisiveRefusal(in: trace) else {
        return .no("\(knob.phrase) nothing is refused")
      }
      return .yes("\(knob.phrase) the server's \(refusal.code) can be read")
    }
  }
}
