import SessionTrace

extension CauseID {
  package static let commandSyntaxOrOptionChoke = CauseID(
    rawValue: "command-syntax-or-option-choke")
}

extension Cause {
  static let commandSyntaxOrOptionChoke = Cause(
    id: .commandSyntaxOrOptionChoke, code: "E8",
    title: "A server or gateway stumbles over EHLO, a parameter or a long command",
    mechanism: """
      A server or gateway does not know SIZE=, BODY=, AUTH= or SMTPUTF8 behind MAIL although it \
      offered them, takes verbs in upper case only, has a short command buffer, or was written \
      before there was EHLO; it answers 5xx, drops the connection or says no more. Exim says HELO \
      in capitals because of one such mailer. Parameters of one's own (--mail-param, --rcpt-param) \
      count too where they are not offered: then it is right to refuse them.
      """,
    symptoms: """
      Rejected or closed at mail, at once; at rcpt, or silent, with parameters of one's own; closed \
      or silent at EHLO, or 503 behind it, while HELO is answered.
      """,
    experiment: "Leave the parameters away one at a time; HELO instead of EHLO offers none.",
    remedies: Remedies(
      exim: [
        .setting(
          "size_addition = -1",
          "Sends no SIZE; hosts_avoid_esmtp = <host> sends no parameters at all.")
      ],
      postfix: [
        .setting("smtp_discard_ehlo_keyword_address_maps = inline:{{<address>=size, 8bitmime}}")
      ],
      receiver: [
        .advice("Follow RFC 5321 section 4.1.1.11, or do not offer the extension.")
      ]),
    sources: [
      "Exim smtp.c, comment on upper-case HELO",
      "ZMailer ChangeLog 1999-12-12",
    ],
    twins: [.esmtpCapabilityMask],
    rules: [.unknownParameters, .ownParameters, .nullSender, .noExtensions])
}

extension CauseRule {
  fileprivate static let unknownParameters = CauseRule(
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

  /// Those of `--mail-param` and `--rcpt-param`, which no server has to bear that does not offer them.
  fileprivate static let ownParameters = CauseRule(
    fits: { $0.group == .envelope && $0.status != .unreachable && $0.hasOwnParameters },
    requires: [
      .goes { _ in .withoutParameters },
      .stays { $0.isPipelined ? .pipeliningOff : nil },
      .stays { $0.isCut ? .uncut : nil },
    ],
    best: .confirmed)
}

extension CauseRule {
  /// Every server has to take the null sender (RFC 5321 section 4.5.5); one that does not may mean to.
  fileprivate static let nullSender = CauseRule(
    fits: {
      $0.stage == .mail && $0.status != .stalled && $0.status != .deferred
        && $0.refusal?.reason == nil && $0.trace.senderInForce.isEmpty && $0.trace.isGreeted
    },
    requires: [
      .goes { $0.otherSender }, .stays { $0.isPipelined ? .pipeliningOff : nil },
      .stays { $0.mailKeyword.map(Variation.ignoredKeyword) }, .stays { $0.isCut ? .uncut : nil },
    ],
    decider: "the server's log: whether it does not know <>, or its owner wants no such mail")
}

extension CauseRule {
  /// A server from before there were extensions answers EHLO with an error, and everybody goes on with HELO; one
  /// that hangs up, or falls silent, leaves nothing to go on with. So does one that takes EHLO and asks for HELO at
  /// MAIL.
  fileprivate static let noExtensions = CauseRule(
    fits: {
      ($0.isBrokenOff || $0.isUnanswered) && $0.failsAtFirstEHLO
        || $0.stage == .mail && $0.refusal?.code == 503 && !$0.isUnderTLS
    },
    requires: [
      .goes(with: .heloFirst), .stays { $0.otherName },
      .stays { $0.isPipelined && $0.stage == .mail ? .pipeliningOff : nil },
      .stays { $0.isCut ? .uncut : nil },
      .stays { .segmentSize($0.smallSegment) },
      .stays { $0.isUnanswered ? .patience($0.longPatience) : nil },
    ],
    best: .confirmed)
}

extension Control {
  /// Whether nothing but the first EHLO, in clear text and behind the greeting, was said.
  fileprivate var failsAtFirstEHLO: Bool {
    stage == .ehlo && !isUnderTLS && !talksEarly && trace.isGreeted
      && trace.commands.count == 1 && trace.commands[0].text.hasPrefix("EHLO ")
  }
}
