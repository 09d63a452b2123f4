import SessionTrace

extension CauseID {
  package static let tarpitStutter = CauseID(rawValue: "tarpit-stutter")
}

extension Cause {
  static let tarpitStutter = Cause(
    id: .tarpitStutter, code: "D11",
    alsoCalled: ["tarpit", "tarpitting", "teergrube"],
    title: "Replies come one byte at a time",
    mechanism: """
      A tarpit such as OpenBSD's spamd answers a listed client one byte a second, with a tiny \
      receive window, for as long as the client stays. A greylisted one is treated so for its \
      first ten seconds. There is always something to read, so a timeout on each read never \
      strikes.
      """,
    symptoms: """
      Replies in very many reads of one or a few bytes, evenly spaced; the peer's window is very \
      small.
      """,
    experiment: """
      Another source address is answered at once. Stutter that stops after ten seconds is \
      greylisting.
      """,
    remedies: Remedies(
      exim: [
        .advice("Exim since 4.93 times the whole reply.")
      ],
      postfix: [
        .setting(
          "smtp_per_request_deadline = yes",
          "Since 3.7; smtp_per_record_deadline before that.")
      ],
      receiver: [
        .advice("Take the client off the list.")
      ]),
    sources: [
      "OpenBSD spamd(8)",
      "Exim ChangeLog 4.93 JH/28",
    ],
    twins: [.replyFragmentNaiveReader],
    rules: [.stutter, .stutterSeenLater])
}

extension CauseRule {
  fileprivate static let stutter = CauseRule(
    fits: { control in
      control.drips || hazards(of: control.trace).contains { $0.id == .tarpitStutter }
    },
    requires: [
      .seen("replies come in single bytes with pauses", not: "") { _ in true }
    ],
    decider: "another source address")
}

extension CauseRule {
  /// Who gave up early has seen too little of a reply; who waits longer sees how it comes.
  fileprivate static let stutterSeenLater = CauseRule(
    fits: { $0.status == .stalled && $0.trace.partialReply != nil && !$0.drips },
    requires: [
      .goes { .patience($0.longPatience) },
      .shown(with: { .patience($0.longPatience) }) { _, trace in
        guard let hazard = hazards(of: trace).first(where: { $0.id == .tarpitStutter }) else {
          return .no("with more time the reply comes in few pieces")
        }
        return .yes("with more time, \(hazard.text)")
      },
    ],
    decider: "another source address")
}

extension Control {
  /// Whether a reply was still on its way at the end, a byte now and then.
  fileprivate var drips: Bool {
    guard status == .stalled, let reply = trace.partialReply, reply.length >= 3 else {
      return false
    }
    let time = reply.lastAt - reply.firstAt
    return time >= trace.waited / 2 && time / Int64(reply.length) >= .milliseconds(30)
  }
}
