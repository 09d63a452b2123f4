import SMTPDialogue
import SessionTrace

/// Family E, and the delays of family D that look like it.
extension Signatures {
  static let envelope = [
    lateReplies, errorDelay, brokenPipelining, groupNeverEnds, uninvited, uninvitedBehind, deadlock,
    recipientLimit,
    recipientPolicy, lateData, unknownParameters,
  ]

  private static let lateReplies = Signature(
    id: "rcpt-callout-late-replies",
    fits: { $0.isUnanswered && $0.group == .envelope && $0.stage < .data },
    requires: [
      .goes { .patience($0.longPatience) }, .notEveryReplyIsLate, .recipientsAreSlow,
    ],
    best: .confirmed,
    decider: "the server's log: what it asks about each recipient, and how long that takes")

  private static let errorDelay = Signature(
    id: "tarpit-error-delay",
    fits: { $0.isUnanswered && [.hello, .envelope].contains($0.group) },
    requires: [.goes { .patience($0.longPatience) }, .everyReplyIsLate],
    best: .confirmed)

  private static let brokenPipelining = Signature(
    id: "pipelining-advertised-broken",
    fits: {
      ($0.isUnanswered || $0.isBrokenOff || $0.isOutOfStep) && $0.group == .envelope
        && $0.isPipelined && $0.offers("PIPELINING")
    },
    requires: [
      .goes(with: .pipeliningOff), .sizeIsIdle, .stays { .patience($0.longPatience) },
      .stays { .segmentSize($0.smallSegment) }, .stays { $0.isUnderTLS ? .tlsOff : nil },
      // Where it passes uncut, a group is understood, and a piece of it is not.
      .stays { $0.isCut ? .uncut : nil },
      .noRefusal(with: .pipeliningOff), .countIsRight, .dataIsAnswered,
    ],
    confirms: [.stays { $0.isBareEnvelope ? nil : .bareEnvelope }],
    tells: [.nudgeTellsRule],
    best: .confirmed)

  /// The same where all of the envelope was answered: a reader that took DATA out of a group may not see
  /// what follows it.
  private static let groupNeverEnds = Signature(
    id: "pipelining-advertised-broken",
    fits: { $0.failsBehindGroup && $0.offers("PIPELINING") },
    requires: groupMatters, confirms: [.stays { $0.isBareEnvelope ? nil : .bareEnvelope }],
    best: .confirmed)

  /// Only where it is shown that the group matters is more asked for it: failures here have many causes.
  private static let groupMatters =
    [
      Criterion.goes(with: .pipeliningOff), .noRefusal(with: .pipeliningOff),
    ]
    + [
      .sizeIsIdle, .stays { .segmentSize($0.smallSegment) },
      .stays { $0.isUnanswered ? .patience($0.longPatience) : nil },
      .stays { $0.isUnderTLS ? .tlsOff : nil },
    ].map { (criterion: Criterion) in criterion.asked(where: .goes(with: .pipeliningOff)) }

  private static let uninvitedBehind = Signature(
    id: "pipelining-not-offered",
    fits: { $0.failsBehindGroup && $0.pipelinesUninvited },
    requires: groupMatters, best: .confirmed)

  private static let uninvited = Signature(
    id: "pipelining-not-offered",
    fits: {
      $0.pipelinesUninvited && $0.group == .envelope && $0.status != .unreachable
    },
    requires: [
      .goes(with: .pipeliningOff), .dataIsAnswered, .sizeIsIdle,
      .stays { $0.status == .stalled ? .patience($0.longPatience) : nil },
      .stays { .segmentSize($0.smallSegment) }, .stays { $0.isCut ? .uncut : nil },
      .noRefusal(with: .pipeliningOff),
    ],
    confirms: [.stays { $0.isBareEnvelope ? nil : .bareEnvelope }],
    best: .confirmed)

  private static let deadlock = Signature(
    id: "pipelining-window-deadlock",
    fits: { $0.status == .stalled && $0.custody == .windowClosed && $0.group == .envelope },
    requires: [.goes(with: .pipeliningOff)],
    decider: "a capture: whether the server's own window was full when it stopped reading")

  /// Confirmed only in the server's own words: without them, a limit of bytes looks the same.
  private static let recipientLimit = Signature(
    id: "rcpt-limit",
    fits: { $0.isStoppedAtRecipients },
    requires: [
      .flips(on: { $0.accepted.map(Variation.recipients) }),
      .keeps(on: { $0.accepted.map { .recipients($0 + 1) } }),
      .flips(on: { evidence in evidence.accepted.map { .recipientAlone($0 + 1) } })
        .idleUnless(\.hasManyRecipients),
      .stays { $0.isPipelined ? .pipeliningOff : nil },
      .stays { $0.status == .stalled ? .patience($0.longPatience) : nil },
    ],
    confirms: [
      .seen(
        "the server says that there are too many recipients",
        not: "the server does not say what there is too much of, recipients or bytes"
      ) { control in
        control.trace.replies.contains {
          $0.stage == .rcpt
            && ($0.reason == .recipients || $0.code == 452 && $0.reason == nil)
        }
      }
    ],
    best: .confirmed,
    decider: "the server's log and its limits: of recipients, of commands, of bytes")

  private static let recipientPolicy = Signature(
    id: "multi-recipient-policy",
    fits: { $0.isRefused && $0.stage == .rcpt && (1..<9).contains($0.trace.acceptedRecipients) },
    requires: [.goes(with: .recipients(1))],
    decider: "each recipient by itself: one that nobody may write to is refused alone too")

  private static let lateData = Signature(
    id: "data-354-delayed",
    fits: { $0.isUnanswered && $0.stage == .data },
    requires: [
      .stays { $0.isPipelined ? .pipeliningOff : nil }, Criterion.nudgeFindsDataLate.inPassing,
    ],
    confirms: [.goes { .patience($0.longPatience) }, .onlyDataIsLate],
    tells: [.nudgeFindsDataLate, .noneInFront],
    best: .confirmed, decider: atTheServer)

  private static let unknownParameters = Signature(
    id: "command-syntax-or-option-choke",
    fits: {
      $0.stage == .mail && $0.status != .stalled && $0.status != .deferred
        && $0.mailKeyword != nil && !$0.refusesSize
    },
    requires: [
      .goes { $0.mailKeyword.map(Variation.ignoredKeyword) },
      // A fault of pipelining or of a size may go when the line gets shorter.
      .stays { $0.isPipelined ? .pipeliningOff : nil },
      .stays { $0.mailKeyword == "SIZE" ? $0.smallMessage : nil },
      .stays { $0.isCut ? .uncut : nil },
    ],
    best: .confirmed)
}

extension Criterion {
  /// It is no matter of what left together, as far as that was tried for a cause that needs it.
  static let notPipelining = stays { $0.isPipelined ? .pipeliningOff : nil }.inPassing.onlyAgainst
}

extension Control {
  /// Whether it failed behind an envelope that left in one flight.
  fileprivate var failsBehindGroup: Bool {
    (isUnanswered || isBrokenOff || isOutOfStep) && isPipelined && group > .envelope
  }

  /// Whether the last EHLO offered the keyword.
  func offers(_ keyword: String) -> Bool { trace.offers(keyword) }

  /// Whether it failed over one of many recipients, by what came of it; a reset may have eaten replies.
  var isStoppedAtRecipients: Bool {
    guard status != .unreachable, recipients > 9 else { return false }
    let accepted = trace.acceptedRecipients
    if stage == .rcpt, accepted >= 9 { return accepted < recipients }
    return status == .reset && group == .envelope && isPipelined
  }

  /// RCPT commands of the envelope.
  var recipients: Int { trace.envelope?.recipientCommands ?? 0 }

  /// Whether they name more than one.
  var hasManyRecipients: Bool { (trace.envelope?.recipients ?? 0) > 1 }

  /// Whether there is nothing to leave out of the envelope.
  var isBareEnvelope: Bool { trace.envelope.map { $0.padding == 0 } == true && recipients <= 1 }

  /// Whether a reply came that its command cannot have.
  var isOutOfStep: Bool {
    status == .protocolError
      && trace.violations.contains { $0.kind == .unexpectedCode && $0.isFatal }
  }

  /// A small message that is declared as before.
  var smallMessage: Variation? {
    subject.message.flatMap {
      $0.size > 2 * Signatures.smallMessage ? .messageSize(Signatures.smallMessage) : nil
    }
  }

  /// Whether the envelope left in one flight although EHLO did not offer that.
  var pipelinesUninvited: Bool { isPipelined && !offers("PIPELINING") }

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
  /// RCPT commands that were accepted.
  var acceptedRecipients: Int {
    replies.count { $0.stage == .rcpt && (200..<300).contains($0.code) }
  }
}

extension Evidence {
  /// RCPT commands that are accepted before the failure; `nil` while not known, or too few for a limit.
  ///
  /// Where a reset ate replies, the session with one command at a time tells.
  fileprivate var accepted: Int? {
    let trace = control.status == .reset ? trace(with: .pipeliningOff) : control.trace
    guard let accepted = trace?.acceptedRecipients else { return nil }
    return accepted >= 9 && accepted < control.recipients ? accepted : nil
  }
}

extension Criterion {
  /// Whether input was thrown away or replies were kept back, which are the two rules that may be broken.
  fileprivate static let nudgeTellsRule = nudged { reading, text in
    switch reading {
    case .released: .yes("\(text) (RFC 2920 section 3.2, rule 7)")
    case .ownReply: .yes("\(text) (RFC 2920 section 3.2, rule 9)")
    case .releasedSome, .silence, .unacknowledged, .ended, .unclear: .idle
    }
  }

  /// A server that is busy with DATA answers nothing behind it.
  fileprivate static let nudgeFindsDataLate = nudged { reading, text in
    switch reading {
    case .silence: .yes(text)
    case .ownReply, .released: .no(text)
    case .releasedSome, .unacknowledged, .ended, .unclear: .idle
    }
  }

  /// One command at a time DATA is answered too: a server that hangs at DATA may keep all replies back.
  static let dataIsAnswered = shown(with: { $0.isUnanswered ? .pipeliningOff : nil }) { _, trace in
    if case .timedOut = trace.ending, trace.endingStage == .data {
      return .no("one command at a time, DATA is not answered either")
    }
    return .yes("one command at a time, the whole envelope is answered")
  }.idleUnless(\.isUnanswered)

  /// With that variation the session is served, not refused.
  static func noRefusal(with variation: Variation) -> Criterion {
    shown(with: { $0.isBrokenOff ? variation : nil }) { _, trace in
      guard trace.endsAtRefusal, let refusal = decisiveRefusal(in: trace) else {
        return .yes("\(variation.phrase) the server does not hang up")
      }
      return .no("\(variation.phrase) the server refuses with \(refusal.code)")
    }.idleUnless { $0.isBrokenOff }
  }
}
