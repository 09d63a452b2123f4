import SessionTrace

extension CauseID {
  package static let quitIgnored = CauseID(rawValue: "quit-ignored")
}

extension Cause {
  static let quitIgnored = Cause(
    id: .quitIgnored, code: "G1",
    title: "QUIT gets no 221, or gets it minutes late",
    mechanism: """
      Some servers drop the connection after the message, or instead of saying 221, or say it \
      minutes later; under TLS some close without a closing alert. The message was accepted with \
      the 250 to the dot: what comes after changes nothing.
      """,
    symptoms: "Stalled or closed at quit, after an accepted message.",
    experiment: """
      None is needed: harmless when the end of data was answered with 250. A client that waits \
      for 221 without a bound hangs.
      """,
    remedies: Remedies(
      exim: [
        .advice("Nothing to set: Exim waits for one second.")
      ],
      postfix: [
        .setting("smtp_skip_quit_response = yes", "The default.")
      ],
      receiver: [
        .advice("Answer 221 before closing (RFC 5321 section 4.1.1.10).")
      ]),
    sources: [
      "RFC 5321 section 4.1.1.10",
      "Postfix HISTORY 19990223",
      "github.com/OpenSMTPD/OpenSMTPD issue 801; github.com/nodemailer/nodemailer issue 1292",
    ],
    rules: [.quitIgnored])
}

extension CauseRule {
  fileprivate static let quitIgnored = CauseRule(
    fits: {
      $0.stage == .quit && ($0.status == .stalled || $0.isBrokenOff) && !$0.failsBehindMessages
    },
    requires: [.notPipelining, .seen("QUIT got no 221", not: "") { $0.stage == .quit }],
    confirms: [.deliveryIsSettled])
}

extension Violation.Kind {
  /// Whether replies may be to other commands than they seem to.
  fileprivate var leavesRepliesUncertain: Bool {
    self == .unsolicitedReply || self == .unexpectedCode
  }
}

extension Criterion {
  /// Every reply came after what it answers had left, the one to the end of the data too.
  fileprivate static let deliveryIsSettled = Criterion(variations: { _ in [] }) { evidence in
    let trace = evidence.control.trace
    let before = trace.commands.filter { $0.stage < .quit }
    guard before.allSatisfy({ $0.isAnswered || $0.reply != nil }),
      !trace.violations.contains(where: { $0.kind.leavesRepliesUncertain }),
      trace.replies.allSatisfy({ $0.wasDue || $0.stage >= .quit })
    else {
      return .no("which reply answers what is not certain, so that the delivery is in doubt")
    }
    let isEarly = before.contains { command in
      guard command.stage > .banner, let reply = trace.answer(to: command) else { return false }
      return command.written.map { reply.at < $0 } ?? true
    }
    if isEarly {
      return .no("a reply came before all that it answers had left: the delivery is in doubt")
    }
    guard let content = trace.content else {
      return .yes("every command before QUIT was answered, and no message was sent")
    }
    guard content.isComplete, trace.ledger.acknowledged >= content.endOfData ?? .max else {
      return .no("not all of the message was acknowledged: the delivery is in doubt")
    }
    return .yes(
      "all before QUIT was answered when it had left: nothing of the delivery is in doubt")
  }
}
