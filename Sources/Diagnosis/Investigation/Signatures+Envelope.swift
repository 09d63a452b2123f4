import SessionTrace

/// Family E, and the delays of family D that look like it.
extension Signatures {
  static let envelope = [
    lateReplies, errorDelay, brokenPipelining, uninvited, deadlock, recipientLimit,
    recipientPolicy, lateData, unknownParameters,
  ]

  private static let lateReplies = Signature(
    id: "rcpt-callout-late-replies",
    fits: { $0.isUnanswered && $0.group == .envelope && $0.stage < .data },
    requires: [.goes { .patience($0.longPatience) }, .notEveryReplyIsLate],
    confirms: [.recipientsAreSlow],
    best: .confirmed,
    decider: "the server's log: what it asks about each recipient, and how long that takes")

  private static let errorDelay = Signature(
    id: "tarpit-error-delay",
    fits: { $0.isUnanswered && [.hello, .envelope, .message].contains($0.group) },
    requires: [.goes { .patience($0.longPatience) }, .everyReplyIsLate],
    best: .confirmed)

  private static let brokenPipelining = Signature(
    id: "pipelining-advertised-broken",
    fits: {
      ($0.isUnanswered || $0.isBrokenOff) && $0.group == .envelope && $0.isPipelined
        && $0.offers("PIPELINING")
    },
    requires: [
      .goes(with: .pipeliningOff), .sizeIsIdle, .stays { .patience($0.longPatience) },
      .stays { .segmentSize($0.smallSegment) }, .stays { $0.isUnderTLS ? .tlsOff : nil },
      .noRefusal(with: .pipeliningOff),
    ],
    confirms: [.stays { ($0.trace.envelope?.padding ?? 0) > 0 ? .bareEnvelope : nil }],
    tells: [.nudgeTellsRule],
    best: .confirmed)

  private static let uninvited = Signature(
    id: "pipelining-not-offered",
    fits: {
      $0.isPipelined && !$0.offers("PIPELINING") && $0.group == .envelope
        && $0.status != .unreachable
    },
    requires: [.goes(with: .pipeliningOff)], best: .confirmed)

  private static let deadlock = Signature(
    id: "pipelining-window-deadlock",
    fits: { $0.status == .stalled && $0.custody == .windowClosed && $0.group == .envelope },
    requires: [.goes(with: .pipeliningOff)],
    decider: "a capture: whether the server's own window was full when it stopped reading")

  private static let recipientLimit = Signature(
    id: "rcpt-limit",
    fits: { $0.stage == .rcpt && $0.acceptedRecipients >= 9 && $0.status != .stalled },
    requires: [.goes { .recipients($0.acceptedRecipients) }],
    confirms: [.stays { .recipients($0.acceptedRecipients + 1) }],
    best: .confirmed)

  private static let recipientPolicy = Signature(
    id: "multi-recipient-policy",
    fits: { $0.isRefused && $0.stage == .rcpt && (1..<9).contains($0.acceptedRecipients) },
    requires: [.goes(with: .recipients(1))],
    decider: "each recipient by itself: one that nobody may write to is refused alone too")

  private static let lateData = Signature(
    id: "data-354-delayed",
    fits: { $0.isUnanswered && $0.stage == .data },
    requires: [.stays { $0.isPipelined ? .pipeliningOff : nil }],
    confirms: [.goes { .patience($0.longPatience) }],
    tells: [.nudgeFindsDataLate, .noneInFront],
    best: .confirmed, decider: atTheServer)

  private static let unknownParameters = Signature(
    id: "command-syntax-or-option-choke",
    fits: {
      $0.stage == .mail && $0.status != .stalled && $0.status != .deferred
        && $0.mailKeyword != nil && !$0.refusesSize
    },
    requires: [.goes { $0.mailKeyword.map(Knob.ignoredKeyword) }],
    best: .confirmed)
}

extension Control {
  /// Whether the last EHLO offered the keyword.
  func offers(_ keyword: String) -> Bool {
    trace.capabilities.contains { $0.prefix { $0 != " " }.uppercased() == keyword }
  }

  /// RCPT commands that were accepted before the failure.
  var acceptedRecipients: Int {
    trace.replies.count { $0.stage == .rcpt && (200..<300).contains($0.code) }
  }

  /// The extension whose parameter MAIL carried.
  var mailKeyword: String? {
    guard let mail = trace.commands.last(where: { $0.stage == .mail })?.text.uppercased() else {
      return nil
    }
    let keywords = [(" SIZE=", "SIZE"), (" BODY=", "8BITMIME"), (" SMTPUTF8", "SMTPUTF8")]
    return keywords.first { mail.contains($0.0) }?.1
  }
}

extension Trace {
  /// Waits for the replies to the commands of an envelope, by stage.
  fileprivate func waits(in stage: Stage) -> [Microseconds] {
    replies.filter { $0.stage == stage && $0.wasDue && $0.code < 400 }.map(\.wait)
  }
}

extension Criterion {
  /// One command at a time, RCPT takes long and MAIL does not.
  fileprivate static let recipientsAreSlow = shown(with: { _ in .pipeliningOff }) { _, trace in
    let slow = trace.waits(in: .rcpt)
    guard let least = slow.min(), let mail = trace.waits(in: .mail).first else { return .unknown }
    guard least > .milliseconds(50), least > 5 * mail else {
      return .no("one command at a time, RCPT takes \(durationText(least)), no longer than others")
    }
    return .yes(
      "one command at a time, each RCPT takes \(durationText(least)) or more, MAIL"
        + " \(durationText(mail))")
  }

  /// Whether MAIL and RCPT are answered after much the same wait; `nil` while unknown.
  private static func isEven(_ trace: Trace) -> Bool? {
    let waits = trace.waits(in: .mail) + trace.waits(in: .rcpt)
    guard waits.count >= 2, let least = waits.min(), let most = waits.max() else { return nil }
    return least > .milliseconds(50) && most < 2 * least
  }

  /// Every reply takes as long, whatever it answers.
  fileprivate static let everyReplyIsLate = evenness(wanted: true)
  fileprivate static let notEveryReplyIsLate = evenness(wanted: false)

  private static func evenness(wanted: Bool) -> Criterion {
    shown(with: { $0.isPipelined ? .pipeliningOff : .patience($0.longPatience) }) { _, trace in
      guard let isEven = isEven(trace) else { return .unknown }
      let text =
        isEven
        ? "every command is answered after much the same wait"
        : "some commands are answered at once and others late"
      return isEven == wanted ? .yes(text) : .no(text)
    }
  }

  /// Whether input was thrown away or replies were kept back, which are the two rules that may be broken.
  fileprivate static let nudgeTellsRule = nudged { reading, text in
    switch reading {
    case .released: .yes("\(text) (RFC 2920 section 3.2, rule 7)")
    case .ownReply: .yes("\(text) (RFC 2920 section 3.2, rule 9)")
    case .releasedSome, .silence, .ended, .unclear: .unknown
    }
  }

  /// A server that is busy with DATA answers nothing behind it.
  fileprivate static let nudgeFindsDataLate = nudged { reading, text in
    switch reading {
    case .silence: .yes(text)
    case .ownReply, .released: .no(text)
    case .releasedSome, .ended, .unclear: .unknown
    }
  }

  /// With that knob the session is served, not refused.
  static func noRefusal(with knob: Knob) -> Criterion {
    shown(with: { $0.isBrokenOff ? knob : nil }) { _, trace in
      guard let refusal = decisiveRefusal(in: trace) else {
        return .yes("\(knob.phrase) nothing is refused")
      }
      return .no("\(knob.phrase) the server refuses with \(refusal.code)")
    }.idleUnless { $0.isBrokenOff }
  }

  /// The criterion where `test` holds, and no question at all elsewhere.
  func idleUnless(_ test: @escaping @Sendable (Control) -> Bool) -> Criterion {
    Criterion(knobs: { test($0.control) ? knobs($0) : [] }) {
      test($0.control) ? answer($0) : .idle
    }
  }
}
