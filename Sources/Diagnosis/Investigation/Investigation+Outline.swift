package import SessionTrace

extension Investigation {
  /// A way to fail, and the experiments that it may lead to.
  package struct Symptom: Sendable, Equatable {
    package var name: String
    package var variations: [Variation]
  }

  /// The experiments that sessions with these options may lead to, by the way in which they fail.
  ///
  /// What will be made is decided on the way; what may be made is known before.
  package static func outline(
    _ subject: Subject, options: [String: OptionValue]
  ) -> [Symptom] {
    let ways: [(String, SessionStatus, Stage, Custody?)] = [
      ("no connection", .unreachable, .connect, nil),
      ("silence in the place of a greeting", .stalled, .banner, .peerSilent),
      ("silence in the TLS handshake", .stalled, .tls, .acknowledgedUnanswered),
      ("the envelope acknowledged and not answered", .stalled, .mail, .acknowledgedUnanswered),
      ("the connection ended in the envelope", .reset, .rcpt, nil),
      ("the message not acknowledged", .stalled, .body, .unacknowledged),
      ("the message's end not answered", .stalled, .dot, .acknowledgedUnanswered),
      ("the connection ended in the message", .reset, .body, nil),
    ]
    return ways.compactMap { name, status, stage, custody in
      guard subject.message != nil || StageGroup(stage) < .message else { return nil }
      let control = control(subject, options, status: status, stage: stage, custody: custody)
      let evidence = Evidence(control: control, experiments: [:])
      var variations: [Variation] = []
      for rule in Catalogue.suspects(for: control).map(\.rule) {
        for criterion in rule.requires + rule.confirms + rule.tells {
          variations += criterion.variations(evidence).filter { !variations.contains($0) }
        }
      }
      variations += (evidence.putBack + control.lastTries).filter { !variations.contains($0) }
      return variations.isEmpty ? nil : Symptom(name: name, variations: variations)
    }
  }

  /// A session that would have failed so.
  private static func control(
    _ subject: Subject, _ options: [String: OptionValue], status: SessionStatus, stage: Stage,
    custody: Custody?
  ) -> Control {
    var trace = Trace(
      startedAt: "", arguments: [], target: TargetRecord(given: "", host: "", port: nil))
    trace.options = options
    trace.capabilities = ["PIPELINING", "STARTTLS"]
    trace.endingStage = stage
    let isPipelined = options["pipelining"] != .text("off")
    trace.envelope = EnvelopeRecord(
      size: 513, sender: "", recipientCommands: 2, recipients: 1, padding: 1,
      pipelined: isPipelined)
    let verdict = Verdict(
      status: status, stage: stage, exitCode: 0, waited: 0, summary: "", custody: custody,
      pending: Pending(commands: 0, answered: 0, firstUnanswered: nil), ledger: Ledger(),
      partialReply: nil, error: nil)
    return Control(trace: trace, verdict: verdict, subject: subject)
  }
}
