extension Investigation {
  /// The findings on every cause that the control looks like, the best founded first.
  ///
  /// A cause that can show in several ways is told of once, by the best founded of them.
  func findings(on evidence: Evidence) -> [CauseFinding] {
    let suspects = Catalogue.suspects(for: evidence.control)
    var told: Set<CauseID> = []
    return separated(suspects.map { $0.finding(on: evidence) }).enumerated().sorted {
      ($0.element.grade, $0.offset) < ($1.element.grade, $1.offset)
    }.map(\.element).filter { told.insert($0.id).inserted }
  }

  /// Causes of the catalogue that a session shows by itself, failed or not, from its hazards; beside one that went
  /// well remarks as well, which explain no failure.
  func observations(of control: Control) -> [CauseFinding] {
    var seen: Set<CauseID> = []
    return hazards(of: control.trace).compactMap { hazard in
      let isWorthTelling =
        control.status == .ok
        ? Catalogue.explains(hazard.id) : Catalogue.cause(hazard.id)?.failsNoSession == false
      guard isWorthTelling, seen.insert(hazard.id).inserted else { return nil }
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

  /// What nobody has tried of the variations that would separate the causes still standing, and where there
  /// are none, of what else an expert would try.
  func nextVariations(on evidence: Evidence, atMost width: Int) -> [Variation] {
    func untried(_ variations: [Variation]) -> [Variation] {
      variations.filter {
        evidence.experiments[$0] == nil && !base.contains($0)
          && (shutFrom == nil || $0.isOtherAddress)
      }
    }
    let open = untried(openVariations(on: evidence))
    return Array((open.isEmpty ? untried(lastTries(on: evidence)) : open).prefix(width))
  }

  /// The variations that would separate the causes still standing, the most useful for its cost first.
  func openVariations(on evidence: Evidence) -> [Variation] {
    var worth: [Variation: Double] = [:]
    var order: [Variation] = []
    func note(_ variation: Variation, worth weight: Double) {
      guard !base.contains(variation) else { return }
      if worth[variation] == nil { order.append(variation) }
      worth[variation, default: 0] += weight
    }
    func note(_ criteria: [Criterion], worth weight: Double) {
      for criterion in criteria where criterion.answer(evidence) == .unknown {
        for variation in criterion.variations(evidence) { note(variation, worth: weight) }
      }
    }
    var isConfirmed = false
    for suspect in Catalogue.suspects(for: evidence.control) {
      let grade = suspect.finding(on: evidence).grade
      isConfirmed = isConfirmed || grade == .confirmed
      guard grade != .excluded else { continue }
      let rule = suspect.rule
      let unknown = rule.requires.filter { $0.answer(evidence) == .unknown }
      for criterion in unknown {
        for variation in criterion.variations(evidence) { note(variation, worth: 3) }
      }
      let open = unknown.filter { !isPending($0, on: evidence) }
      // What only a confirmation needs waits until the cause has something for it.
      if open.isEmpty, rule.best == .confirmed { note(rule.confirms, worth: 2) }
      // What says more of it is asked where a question stays open for good, too.
      if open.allSatisfy({ isExhausted($0, on: evidence) }) { note(rule.tells, worth: 1) }
    }
    if !isConfirmed { for variation in evidence.putBack { note(variation, worth: 2) } }
    return order.enumerated().sorted { left, right in
      let leftWorth = (worth[left.element] ?? 0) / left.element.cost
      let rightWorth = (worth[right.element] ?? 0) / right.element.cost
      return leftWorth == rightWorth ? left.offset < right.offset : leftWorth > rightWorth
    }.map(\.element)
  }

  /// Whether all that could answer a question was tried.
  private func isExhausted(_ criterion: Criterion, on evidence: Evidence) -> Bool {
    criterion.variations(evidence).allSatisfy { evidence.experiments[$0]?.effect != nil }
  }

  /// What an expert would try where no known cause is left but one that says no more than that; none once
  /// something gets past the failure.
  private func lastTries(on evidence: Evidence) -> [Variation] {
    let findings = findings(on: evidence).filter { Catalogue.cause($0.id)?.isLastResort != true }
    guard !findings.contains(where: { $0.grade <= .consistent }), evidence.cure == nil else {
      return []
    }
    return evidence.control.lastTries
  }
}

extension Evidence {
  /// Something that was tried and takes the failure away; the first by its words.
  var cure: Variation? {
    experiments.keys.filter { effect(of: $0) == .gone }.min { $0.phrase < $1.phrase }
  }
}
