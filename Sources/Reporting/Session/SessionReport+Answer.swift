import Diagnosis
import SessionTrace

extension SessionReport {
  /// What happened where, who has the bytes, and the ledger.
  var answer: [Block] {
    var before = [trace.target.field]
    if let custody = verdict.custody {
      before.append(
        Field(label: "custody", value: "\(custody.rawValue) - \(custody.reading(in: trace))"))
    }
    var after: [(String, String?)] = []
    if let open = verdict.pending.firstUnanswered {
      after.append(
        (
          "pending",
          "\(verdict.pending.answered) of \(count(verdict.pending.commands, "command")) answered;"
            + " the first without a reply: \(open)"
        ))
    }
    after += [
      ("waited", verdict.waited > 0 ? durationText(verdict.waited) : nil),
      (
        "partial",
        verdict.partialReply.map { partial in
          partial.inWords + (partial.ciphertext == nil ? " of a reply" : "") + ": \(partial.bytes)"
        }
      ),
      ("error", verdict.error), ("nudge", trace.nudge?.inWords(on: trace.target)),
      ("hops", trace.hops?.inWords),
      ("tls", trace.impliedTLS.map { "required, as \($0) implies (--tls require)" }),
    ]
    after += trace.policiesInWords
    after += [
      ("envelope", trace.pseudonymsInWords), ("message", trace.messageInWords),
      ("exit status", exitCodeInWords),
    ]
    return [
      .answer(verdict.answer), .fields(before), totals,
      .fields(after.compactMap { label, value in value.map { Field(label: label, value: $0) } }),
    ]
  }
}

extension SessionReport {
  /// The ledger. On a UNIX socket what is written has arrived: nothing is sent or acknowledged.
  private var totals: Block {
    let ledger = verdict.ledger
    guard trace.target.isUnixSocket else { return .ledger(ledger) }
    let words =
      "written to the socket \(ledger.written), answered \(ledger.answered);"
      + " received \(ledger.received)"
    return .fields([Field(label: "ledger", value: words)])
  }
}

extension Trace {
  /// The option for which alone there was to be no session without TLS; `nil` where it was asked for, or not
  /// wanted.
  fileprivate var impliedTLS: String? {
    guard option("tls") == .text("require"),
      !arguments.contains(where: { $0 == "--tls" || $0.hasPrefix("--tls=") })
    else { return nil }
    if option("tls_verify") == .flag(true) { return "--tls-verify" }
    return option("tls_fingerprint")?.isUnset == false ? "--tls-fingerprint" : nil
  }
}

extension TargetRecord {
  /// The server's name as a reader knows it: a fixture has no other than the one that was typed.
  var serverName: String { host.isEmpty || given.hasPrefix("lab:") ? given : host }

  /// Whom we meant, and whom we reached.
  var field: Field {
    var text = given
    if let address, !isUnixSocket {
      text += " at \(address)"
      if let port { text += " port \(port)" }
      if let mxPreference { text += ", MX preference \(mxPreference)" }
    }
    return Field(label: "target", value: text)
  }
}

extension Verdict {
  /// `STALLED at mail`: our own words alone.
  var title: String { outcomeTitle(status, at: stage) }

  /// The first words of a report.
  var answer: Answer {
    Answer(title: title, text: summary, tone: status == .ok ? .good : .bad)
  }
}

extension PlaceOutcome {
  /// `STALLED at mail`.
  var title: String { outcomeTitle(status, at: stage) }

  /// `stalled@mail`, as one expects it.
  var words: String { outcomeText(status, at: stage) }
}

private func outcomeTitle(_ status: SessionStatus, at stage: Stage) -> String {
  let word = status.rawValue.uppercased().map { $0 == "_" ? " " : $0 }
  return String(word) + (status == .ok ? "" : " at \(stage.rawValue)")
}
