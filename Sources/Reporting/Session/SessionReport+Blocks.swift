import Diagnosis
import SessionTrace

/// The answer first, what happened in the order of time, what it means, and what to do.
extension SessionReport: Document {
  package var blocks: [Block] {
    [.heading(.document, "\(ours: verdict.title)"), .guidance(guidance)] + answer
      + [.heading(.chapter, "Timeline")] + timeline + trace.pieces
      + [.only(.page, [.details("Environment", [.facts(environmentFacts)])])]
      + folded("TCP and TLS", trace.transport + trace.security) + closeUp
      + [
        .heading(.chapter, "What this report shows"),
        .only(.page, [.list(observations.map { ListItem(text: $0) })]),
      ] + host + remarks + logLines
      + Block.list(.section, "What this does not show", limits) + nextSteps
      + [.only(.page, [.heading(.chapter, "Reproduce"), .script(command)])]
      + [cases, vitals, .recording(trace, outcomeInWords)]
  }

  /// `STALLED at mail: no reply to MAIL FROM, ...`.
  package var outcomeInWords: String { "\(verdict.title): \(verdict.summary)" }

  /// What a page folds, and a terminal shows.
  private func folded(_ title: String, _ blocks: [Block]) -> [Block] {
    guard !blocks.isEmpty else { return [] }
    return [.only(.terminal, blocks), .only(.page, [.details("\(ours: title)", blocks)])]
  }

  /// The command that repeats the session.
  var command: ShellCommand { ShellCommand(repeating: trace) }

  /// The stages as bars over one time axis, and what was said.
  var timeline: [Block] {
    var blocks: [Block] = []
    if !trace.stages.isEmpty {
      blocks += [
        .heading(.part, "Stages", remark: "0 to \(ours: durationText(trace.duration))"),
        .timeline(
          Timeline(
            spans: trace.stages.map {
              Timeline.Span(
                name: $0.name.rawValue, start: $0.start, duration: $0.duration,
                status: status(of: $0))
            }, duration: trace.duration)),
      ]
    }
    let rows = DialogueRows(trace).rows
    if !rows.isEmpty {
      blocks.append(
        .only(
          .unseen,
          [
            .heading(
              .part, "Dialogue", remark: "C: we, with our stream's bytes [from, to)   S: they"),
            .dialogue(rows),
          ]))
    }
    return blocks + transactions
  }

  /// What the sender's own host has to do with it, only where there is something.
  private var host: [Block] {
    guard !hostFindings.isEmpty else { return [] }
    return [
      .heading(.part, "This host", remark: "suspects, not causes: an experiment must decide"),
      hostList,
    ]
  }

  /// What on the sender's own host bears on the verdict, and what to do there.
  var hostList: Block {
    .list(
      hostFindings.map { finding in
        let reference = finding.cause.map { " (smtpprobe explain \($0))" } ?? ""
        return ListItem(
          text: "\(finding.id): \(finding.text)\(reference)",
          tone: finding.bearing == .suspect ? .warning : .plain,
          body: [.remedies([RemedyGroup(name: "", remedies: finding.remedies)])])
      })
  }

  /// Hazards and notes, each list only where it has something to say.
  private var remarks: [Block] {
    let canExplain = hazards.allSatisfy { Catalogue.explains($0.id) }
    return Block.list(
      .part, "Hazards", hazards.map { "\($0.id): \($0.text)" }, tone: .warning,
      remark: canExplain ? "smtpprobe explain ID tells more" : "")
      + Block.list(.part, "Notes", trace.notes + segmentationNotes(of: trace))
  }

  /// The reader's own log line, as near as it can be told.
  private var logLines: [Block] {
    let isTroubled = verdict.status != .ok || phrases.postfix != nil || phrases.exim != nil
    guard isTroubled, !phrases.isEmpty else { return [] }
    let options = phrases.swaksOptions.map { " (with \($0))" } ?? ""
    let fields = [
      words(phrases.postfix, phrases.postfixOutcome).map { Field(label: "Postfix", value: $0) },
      words(phrases.exim, phrases.eximOutcome).map { Field(label: "Exim", value: $0) },
      phrases.swaksExit.map { Field(label: "swaks", value: "exit status \($0)\(options)") },
    ]
    return [
      .heading(.part, "What your MTA's log would say"), .fields(fields.compactMap(\.self)),
    ]
  }

  /// A log line, or what is done in place of writing one.
  private func words(_ line: String?, _ outcome: Phrases.Outcome?) -> String? {
    switch outcome {
    case nil: line
    case .delivers: "nothing is wrong: it would log the message as delivered"
    case .goesOn: line ?? "nothing yet: it would go on"
    }
  }

  /// The experiments worth doing next, with commands that can be pasted; all of them at once in front.
  private var nextSteps: [Block] {
    let diagnosis: [ListItem] =
      isCauseOpen
      ? [
        .diagnosis(
          of: command,
          because: "What changes it, and why: this varies one thing after the other, repeatedly.")
      ] : []
    let items = advice.map(\.record).map { advice in
      ListItem(
        text: advice.because,
        body: [.paragraph(advice.text)]
          + advice.changes.map { .command(ShellCommand(repeating: trace, with: $0)) })
    }
    return Block.nextSteps(diagnosis + items + explanations)
  }

  /// Whether a diagnosis has something to find out.
  var isCauseOpen: Bool {
    switch verdict.status {
    case .ok, .interrupted, .internalError: return false
    case .stalled, .closed, .reset, .rejected, .tlsFailed, .protocolError: return true
    case .unreachable: return !trace.attempts.isEmpty
    case .deferred:
      // Time is the experiment, but where the server itself has waited in vain, or gives no reason.
      guard let reply = decisiveRefusal(in: trace)?.reply, trace.replies.indices.contains(reply)
      else { return true }
      switch trace.replies[reply].reason {
      case .timeout, .recipients, .size, nil: return true
      case .greylisting, .connections, .trouble, .lookup, .reputation, .mailbox, .recipient, .relay,
        .sender, .encryption:
        return false
      }
    }
  }

  /// What the catalogue says of that which this session shows.
  private var explanations: [ListItem] {
    guard verdict.status != .ok else { return [] }
    let suspects = hostFindings.filter { $0.bearing == .suspect }.compactMap(\.cause)
    let ids = (suspects + hazards.map(\.id)).filter(Catalogue.explains)
    var seen: Set<CauseID> = []
    return ListItem.explanations(
      "What is known of that which was seen here:",
      ids.filter { seen.insert($0).inserted }.prefix(3).map { .explanation(of: $0) })
  }
}
