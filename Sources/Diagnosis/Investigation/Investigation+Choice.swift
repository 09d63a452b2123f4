extension Investigation {
  /// The findings on every entry that the control looks like, the best founded first.
  func findings(on evidence: Evidence) -> [CauseFinding] {
    let suspects = Signatures.all.filter { $0.fits(evidence.control) }
    return separated(suspects.map { $0.finding(on: evidence) }).enumerated().sorted {
      ($0.element.grade, $0.offset) < ($1.element.grade, $1.offset)
    }.map(\.element)
  }

  /// Hazards that make no session of ours fail: they delay it, or mislead other readers.
  private static let harmless: Set = ["server-side-nagle", "reply-fragment-naive-reader"]

  /// Entries of the catalogue that a session shows by itself, failed or not, from its hazards.
  func observations(of control: Control) -> [CauseFinding] {
    var seen: Set<String> = []
    return hazards(of: control.trace).compactMap { hazard in
      guard Catalogue.entry(id: hazard.id) != nil, seen.insert(hazard.id).inserted,
        control.status == .ok || !Self.harmless.contains(hazard.id)
      else { return nil }
      return CauseFinding(id: hazard.id, grade: .consistent, pro: [hazard.text], con: [], open: [])
    }
  }

  /// Two entries that look alike and are both confirmed were not told apart: neither is.
  private func separated(_ findings: [CauseFinding]) -> [CauseFinding] {
    let confirmed = Set(findings.filter { $0.grade == .confirmed }.map(\.id))
    return findings.map { finding in
      let twins = Set(Catalogue.entry(id: finding.id)?.twins ?? []).intersection(confirmed)
      guard finding.grade == .confirmed, !twins.isEmpty else { return finding }
      var finding = finding
      finding.grade = .consistent
      finding.open.append("what tells it from \(twins.sorted().joined(separator: ", ")) here")
      return finding
    }
  }

  /// The variations that would separate the causes still standing, the most useful for its cost first.
  func nextVariations(on evidence: Evidence, atMost width: Int) -> [Variation] {
    var worth: [Variation: Double] = [:]
    var order: [Variation] = []
    func note(_ criteria: [Criterion], worth weight: Double) {
      for criterion in criteria where criterion.answer(evidence) == .unknown {
        for variation in criterion.variations(evidence)
        where evidence.experiments[variation] == nil && !base.contains(variation) {
          if worth[variation] == nil { order.append(variation) }
          worth[variation, default: 0] += weight
        }
      }
    }
    for signature in Signatures.all where signature.fits(evidence.control) {
      guard signature.finding(on: evidence).grade != .excluded else { continue }
      note(signature.requires, worth: 3)
      // What only a confirmation needs waits until the cause has something for it.
      let stands = !signature.requires.contains { $0.answer(evidence) == .unknown }
      if stands, signature.best == .confirmed { note(signature.confirms, worth: 2) }
      if stands { note(signature.tells, worth: 1) }
    }
    let ranked = order.enumerated().sorted { left, right in
      let leftWorth = (worth[left.element] ?? 0) / left.element.cost
      let rightWorth = (worth[right.element] ?? 0) / right.element.cost
      return leftWorth == rightWorth ? left.offset < right.offset : leftWorth > rightWorth
    }
    return ranked.prefix(width).map(\.element)
  }
}
