import SessionTrace

/// A way to fail that makes a cause a suspect, and what founds or refutes the suspicion.
struct CauseRule: Sendable {
  /// Whether the control looks like it at first sight.
  var fits: @Sendable (Control) -> Bool
  /// All must hold: one that does not hold excludes the cause.
  var requires: [Criterion] = []
  /// All must hold besides for the best grade: what separates it from everything else known.
  var confirms: [Criterion] = []
  /// What says more about it and decides nothing; asked once it stands.
  var tells: [Criterion] = []
  /// The best that can be said from the client, whatever is seen.
  var best = Grade.consistent
  /// What would decide what the client cannot, and who can look.
  var decider: String?

  /// The finding about the cause on the evidence so far.
  func finding(about id: CauseID, on evidence: Evidence) -> CauseFinding {
    let required = requires.map { $0.answer(evidence) }
    let confirming = confirms.map { $0.answer(evidence) }
    var finding = CauseFinding(id: id, grade: .notShown, pro: [], con: [], open: [])
    for answer in required + confirming + tells.map({ $0.answer(evidence) }) {
      switch answer {
      case .yes(let text): if !finding.pro.contains(text) { finding.pro.append(text) }
      case .no(let text): if !finding.con.contains(text) { finding.con.append(text) }
      case .idle, .unknown: break
      }
    }
    finding.grade = grade(required, confirming, evidence)
    if finding.grade < .excluded, finding.grade > .confirmed, let decider {
      finding.open.append(decider)
    }
    return finding
  }

  private func grade(
    _ required: [Criterion.Answer], _ confirming: [Criterion.Answer], _ evidence: Evidence
  ) -> Grade {
    if required.contains(where: \.isNo) { return .excluded }
    let speaksFor = required.contains(where: \.isYes) || confirming.contains(where: \.isYes)
    // While a question is open, that other variations change nothing speaks for no cause in particular.
    if required.contains(.unknown) { return hasFlip(evidence) ? .consistent : .notShown }
    guard speaksFor || requires.isEmpty else { return .notShown }
    let isSettled = confirming.allSatisfy { $0.isYes || $0 == .idle }
    return isSettled && best == .confirmed && hasFlip(evidence) ? .confirmed : .consistent
  }

  /// Whether an experiment of its own took the failure away: no cause is confirmed without.
  private func hasFlip(_ evidence: Evidence) -> Bool {
    (requires + confirms).contains { criterion in
      criterion.variations(evidence).contains { evidence.effect(of: $0) == .gone }
    }
  }
}

/// A cause, or a remark in its place, and the rule by which a session looks like it.
struct Suspect: Sendable {
  let id: CauseID
  let rule: CauseRule

  /// The finding on the evidence so far.
  func finding(on evidence: Evidence) -> CauseFinding { rule.finding(about: id, on: evidence) }
}

extension Catalogue {
  /// What the control looks like at first sight, in the order of the ``entries``.
  static func suspects(for control: Control) -> [Suspect] {
    entries.flatMap { entry in
      switch entry {
      case .cause(let cause): cause.rules.map { Suspect(id: cause.id, rule: $0) }
      case .remark(let remark): remark.rules.map { Suspect(id: remark.id, rule: $0) }
      }
    }.filter { $0.rule.fits(control) }
  }
}

extension Criterion.Answer {
  var isYes: Bool { if case .yes = self { true } else { false } }
  var isNo: Bool { if case .no = self { true } else { false } }
}
