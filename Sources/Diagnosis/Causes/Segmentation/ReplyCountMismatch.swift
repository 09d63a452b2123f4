import SessionTrace

extension CauseID {
  package static let replyCountMismatch = CauseID(rawValue: "reply-count-mismatch")
}

extension Cause {
  static let replyCountMismatch = Cause(
    id: .replyCountMismatch, code: "A7",
    alsoCalled: ["replies out of step"],
    title: "More or fewer replies than commands",
    mechanism: """
      A server or a device in between says something unasked, answers one command twice, merges \
      two replies, or sends words that are no reply. A client that pipelines pairs every later \
      reply with the wrong command; Postfix once could take the reply to QUIT for that to the end \
      of data, and lose mail.
      """,
    symptoms: """
      A reply that answers no command, lines of one reply with different codes, or text without a \
      code; or a stall because one reply too few came.
      """,
    experiment: """
      Send the commands one at a time (--pipelining off). A surplus that stays is the server's \
      own; one that goes away is a fault in its pipelining. Where a NOOP into the silence (--nudge) \
      is answered and the command before it is not, a reply is missing, or the command was lost.
      """,
    remedies: Remedies(
      exim: [
        .setting(
          "hosts_avoid_pipelining = <host>",
          "It keeps the pairing right where the surplus depends on pipelining.")
      ],
      postfix: [
        .setting(
          "smtp_discard_ehlo_keyword_address_maps = inline:{<address>=pipelining}",
          "Since September 2005 Postfix reports a protocol error and defers.")
      ],
      receiver: [
        .advice("Fix the server, or the device that adds words.")
      ]),
    sources: [
      "Postfix HISTORY 20050929",
      "RFC 2920 section 3.1",
      """
      github.com/davidmoten/subethasmtp issue 75; github.com/vert-x3/vertx-mail-client pull \
      request 81
      """,
    ],
    twins: [.replyFragmentNaiveReader],
    rules: [.miscounted, .missingReply, .missingEnd, .noReply])
}

extension CauseRule {
  fileprivate static let miscounted = CauseRule(
    fits: {
      $0.isOutOfStep || $0.trace.violations.contains { $0.kind == .unsolicitedReply }
    },
    requires: [.countIsWrong, Criterion.stays { $0.isCut ? .uncut : nil }.onlyAgainst],
    decider: "the same one command at a time: a surplus that stays is the server's own")

  fileprivate static let missingReply = CauseRule(
    fits: { control in
      control.isUnanswered && [.hello, .envelope].contains(control.group)
        && !control.trace.violations.contains { $0.kind == .unsolicitedReply }
    },
    requires: [
      .noCureHelps,
      .nudged { reading, text in
        switch reading {
        case .ownReply, .unclear: .yes(text)
        case .released, .releasedSome, .silence, .unacknowledged, .ended: .no(text)
        }
      }.needed,
    ],
    decider:
      "the server's log, by who runs it: a command that stands there got no reply, one that does"
      + " not was lost in front of the server")

  /// The same behind the end of the data, which a server that answers the next command has read.
  fileprivate static let missingEnd = CauseRule(
    fits: { $0.isUnanswered && $0.stage == .dot && $0.sendsMessage },
    requires: [.noCureHelps, Criterion.dotIsRead.needed],
    decider:
      "the server's log, by who runs it: whether the message was taken, before it is sent again")
}

extension CauseRule {
  /// Words that are no reply, or one that does not end: whatever says them, it is out of step with every client. In the
  /// place of the greeting they are another protocol's.
  fileprivate static let noReply = CauseRule(
    fits: { $0.noReply != nil },
    requires: [
      .noReplyCame, .stays { $0.group >= .envelope && $0.isPipelined ? .pipeliningOff : nil },
    ],
    decider: "what listens there, and what stands in front of it: which of them says this")
}

extension Control {
  /// The breach by which what came is no reply.
  fileprivate var noReply: Violation? {
    guard status == .protocolError, stage > .banner else { return nil }
    return trace.violations.last {
      $0.isFatal && ($0.kind == .malformedReply || $0.kind == .endlessReply)
    }
  }
}

extension Criterion {
  /// What came instead of a reply, and whose words they are, where that is known.
  fileprivate static let noReplyCame = Criterion(variations: { _ in [] }) { evidence in
    guard let violation = evidence.control.noReply else { return .unknown }
    if violation.kind == .endlessReply {
      return .yes("a reply came that had not ended after more lines than any server needs")
    }
    return .yes("what came is no reply of SMTP: \(short(violation.bytes))")
  }
}
