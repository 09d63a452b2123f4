import SessionTrace

extension CauseID {
  package static let pipeliningAdvertisedBroken = CauseID(rawValue: "pipelining-advertised-broken")
}

extension Cause {
  static let pipeliningAdvertisedBroken = Cause(
    id: .pipeliningAdvertisedBroken, code: "E2",
    title: "PIPELINING is offered, and commands sent ahead are thrown away or never answered",
    mechanism: """
      A server announces PIPELINING and then breaks its rules: it empties its input when it \
      starts a filter or a child, or keeps replies buffered although its input is empty. Commands \
      that had come in the same segment are gone, or their replies sit in a buffer, and both \
      sides wait.
      """,
    symptoms: """
      Replies to the first commands, then a stall with custody acknowledged_unanswered. How many \
      are answered depends on which commands they are, and stays the same when they are padded to \
      other sizes; a lost boundary depends on sizes.
      """,
    experiment: """
      --pipelining off passes. One command a segment with pauses (--split command --split-delay \
      200ms) passes where input is emptied, and still fails where replies are kept; there, a \
      further command brings the replies out.
      """,
    remedies: Remedies(
      exim: [
        .setting("hosts_avoid_pipelining = <host>", "In the smtp transport.")
      ],
      postfix: [
        .setting("smtp_discard_ehlo_keyword_address_maps = inline:{<address>=pipelining}")
      ],
      receiver: [
        .advice("Do not offer PIPELINING until RFC 2920 section 3.2 is kept.")
      ]),
    sources: [
      "RFC 2920 section 3.2, rules 7 and 9",
      "Exim smtp.c, comment of July 2003; ChangeLog 4.31/81",
      "github.com/IndySockets/Indy issue 239",
    ],
    twins: [.resegBoundaryLoss, .crlfSplitServer, .rcptCalloutLateReplies],
    rules: [.brokenPipelining, .groupNeverEnds])
}

extension CauseRule {
  fileprivate static let brokenPipelining = CauseRule(
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
  fileprivate static let groupNeverEnds = CauseRule(
    fits: { $0.failsBehindGroup && $0.offers("PIPELINING") },
    // A FIN behind the group is another suspect, and so is QUIT with the end of the message.
    requires: .groupMatters + [
      .stays { $0.trace.halfClosed == nil ? nil : .noHalfClose },
      .stays { $0.trace.hasOption("early_quit") ? .noEarlyQuit : nil },
    ],
    confirms: [.stays { $0.isBareEnvelope ? nil : .bareEnvelope }],
    best: .confirmed)
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
}
