extension Investigation {
  /// The findings on every cause that the control looks like, the best founded first.
  func findings(on evidence: Evidence) -> [CauseFinding] {
    let suspects = Catalogue.suspects(for: evidence.control)
    return separated(suspects.map { $0.finding(on: evidence) }).enumerated().sorted {
      ($0.element.grade, $0.offset) < ($1.element.grade, $1.offset)
    }.map(\.element)
  }

  /// Causes of the catalogue that a session shows by itself, failed or not, from its hazards.
  func observations(of control: Control) -> [CauseFinding] {
    var seen: Set<CauseID> = []
    return hazards(of: control.trace).compactMap { hazard in
      guard let cause = Catalogue.cause(hazard.id), seen.insert(hazard.id).inserted,
        control.status == .ok || !cause.failsNoSession
      else { return nil }
      return CauseFinding(id: hazard.id, grade: .consistent, pro: [hazard.text], con: [], open: [])
    }
  }

  /// Two causes that look alike and are both confirmed were not told apart: neither is.
  private func separated(_ findings: [CauseFinding]) -> [CauseFinding] {
    let confirmed = Set(findings.filter { $0.grade == .confirmed }.map(\.id))
    return findings.map { finding in
      let twins = Set(Catalogue.cause(finding.id)?.twins ?? []).intersection(confirmed)
      guard finding.grade == .confirmed, !twins.isEmpty else { return finding }
      var finding = finding
      finding.grade = .consistent
      finding.open.append(
        "what tells it from \(twins.map(\.rawValue).sorted().joined(separator: ", ")) here")
      return finding
    }
  }

  /// Those of the variations that would separate the causes still standing that nobody has tried.
  func nextVariations(on evidence: Evidence, atMost width: Int) -> [Variation] {
    Array(openVariations(on: evidence).filter { evidence.experiments[$0] == nil }.prefix(width))
  }

  /// The variations that would separate the causes still standing, the most useful for its cost first.
  func openVariations(on evidence: Evidence) -> [Variation] {
    var worth: [Variation: Double] = [:]
    var order: [Variation] = []
    func note(_ criteria: [Criterion], worth weight: Double) {
      for criterion in criteria where criterion.answer(evidence) == .unknown {
        for variation in criterion.variations(evidence) where !base.contains(variation) {
          if worth[variation] == nil { order.append(variation) }
          worth[variation, default: 0] += weight
        }
      }
    }
    for suspect in Catalogue.suspects(for: evidence.control) {
      guard suspect.finding(on: evidence).grade != .excluded else { continue }
      let rule = suspect.rule
      note(rule.requires, worth: 3)
      // What only a confirmation needs waits until the cause has something for it.
      let stands = !rule.requires.contains {
        $0.answer(evidence) == .unknown && !isPending($0, on: evidence)
      }
      if stands, rule.best == .confirmed { note(rule.confirms, worth: 2) }
      if stands { note(rule.tells, worth: 1) }
    }
    return order.enumerated().sorted { left, right in
      let leftWorth = (worth[left.element] ?? 0) / left.element.cost
      let rightWorth = (worth[right.element] ?? 0) / right.element.cost
      return leftWorth == rightWorth ? left.offset < right.offset : leftWorth > rightWorth
    }.map(\.element)
  }
}
