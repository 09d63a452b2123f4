import Diagnosis

extension DiagnosisLayer {
  /// What the controls did, where all failed alike or were ended by the server.
  var usual: String {
    let tries = controls.total
    if tries == 1 {
      return "\(controls.names) in the only session \(base.isEmpty ? "as given" : "so varied")"
    }
    return (0..<tries).contains(controls.failed) && controls.failed > 0
      ? "as given \(controls.inWords)" : "\(controls.names) every time (\(tries) of \(tries))"
  }

  /// How often they failed, where they did not all fail alike.
  var atTimes: String {
    "\(controls.failed) of \(count(controls.total, "session")) failed"
      + (controls.failed < controls.total ? "" : ", not all alike")
  }

  /// Which sizes fail, or how many recipients, behind another sentence; empty where that was not measured.
  var measuredInWords: String {
    let recipients = mostRecipients.map { "\(count($0, "RCPT command")) pass, and \($0 + 1) fail" }
    return (measurement?.sentence ?? recipients).map { "; \($0)" } ?? ""
  }

  /// The most RCPT commands with which the failure is gone, where it stays with one more; `nil` elsewhere.
  var mostRecipients: Int? {
    func numbers(_ effect: Experiment.Effect) -> [Int] {
      experiments.filter { $0.variation == "recipients" && $0.effect == effect }
        .compactMap { Int($0.variant) }
    }
    let failing = numbers(.same)
    return numbers(.gone).first { failing.contains($0 + 1) }
  }

  /// Why no more was asked.
  var end: String { stopInWords ?? "it ended early" }

  /// The same; `nil` where all was asked.
  var stopInWords: String? { stop?.text(from: refusedFrom) }

  /// Experiments with which every session passes; of options put back, the single ones where there are any.
  var waysPast: [ReportedExperiment] {
    let passing = experiments.filter { $0.effect == .gone && $0.variants.failed == 0 }
    let single = passing.filter { $0.variation != Variation.manyOptions }
    return single.isEmpty ? passing : single
  }

  /// `; the failure disappears without --dscp 46; with one command at a time`: the first three of them.
  var waysPastInWords: String {
    let phrases = waysPast.prefix(3).map(\.phrase)
    return phrases.isEmpty ? "" : "; the failure disappears " + phrases.joined(separator: "; ")
  }

  /// What experiments came to that no known cause explains.
  var whateverWasVaried: String {
    if !waysPast.isEmpty { return waysPastInWords + ", for a reason that is not in the catalogue" }
    let told = experiments.filter { $0.effect != nil && $0.effect != .impossible }
    if told.isEmpty {
      return experiments.isEmpty ? "; nothing was varied" : "; nothing could be varied"
    }
    var names: [String] = []
    for experiment in told
    where experiment.effect != .same && !names.contains(experiment.variation) {
      names.append(experiment.variation)
    }
    return names.isEmpty
      ? ", whatever was varied; no known cause explains it"
      : "; varying \(names.joined(separator: ", ")) makes a difference, at times at least, that no"
        + " known cause explains"
  }

  /// Causes that nothing speaks for, those with the same reason together.
  var dismissed: [(grade: Grade, reason: String, findings: [CauseFinding])] {
    var groups: [(grade: Grade, reason: String, findings: [CauseFinding])] = []
    for finding in causes where finding.grade > .consistent {
      let reason =
        finding.con.first
        ?? (finding.pro.isEmpty
          ? "nothing seen speaks for it" : "what speaks for it fits other causes as well")
      if let group = groups.firstIndex(where: {
        $0.grade == finding.grade && $0.reason == reason
      }) {
        groups[group].findings.append(finding)
      } else {
        groups.append((finding.grade, reason, [finding]))
      }
    }
    return groups
  }
}
