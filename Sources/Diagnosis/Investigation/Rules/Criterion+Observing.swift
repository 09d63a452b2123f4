import SessionTrace

/// Questions to what sessions show that change nothing, and to all experiments together.
extension Criterion {
  /// What a nudge brings, by the sentence that tells it.
  ///
  /// What it set free counts only where waiting longer brings nothing: else it came by itself.
  static func nudged(
    _ read: @escaping @Sendable (NudgeReading, String) -> Answer
  ) -> Criterion {
    Criterion(variations: { _ in [.nudge] }) { evidence in
      guard evidence.effect(of: .nudge) != nil else { return .unknown }
      guard let seen = evidence.observation(with: .nudge), let reading = seen.nudgeReading else {
        return .idle
      }
      if [.released, .releasedSome, .ownReply, .unclear].contains(reading) {
        let patient = evidence.effect(of: .patience(evidence.control.longPatience))
        guard patient == .same else { return patient == nil ? .unknown : .idle }
      }
      return read(reading, "\(Variation.nudge.phrase) \(seen.text)")
    }.idleUnless { $0.isUnanswered }
  }

  /// Who acknowledges, by the sentence that tells it.
  static func acknowledged(
    _ read: @escaping @Sendable (HopReading, String) -> Answer
  ) -> Criterion {
    Criterion(variations: { _ in [.hops] }) { evidence in
      guard evidence.effect(of: .hops) != nil else { return .unknown }
      guard let seen = evidence.observation(with: .hops), let reading = seen.hopReading else {
        return .idle
      }
      return read(reading, seen.text)
    }.idleUnless { $0.isUnanswered }
  }

  /// A device in front of the server is what the cause would have there.
  static let somethingInFront = acknowledged { reading, text in
    switch reading {
    case .inFront: .yes(text)
    case .notFound:
      .no("\(text), though one with the server's own address, or in the last hop, would hide")
    case .unknown: .idle
    }
  }

  /// The server itself is where the cause would be.
  static let noneInFront = acknowledged { reading, text in
    switch reading {
    case .inFront: .no("\(text), so that the server need not have them")
    case .notFound: .yes(text)
    case .unknown: .idle
    }
  }

  /// What had been sent comes to light when more follows, or is gone.
  static let nudgeReleases = nudged { reading, text in
    switch reading {
    case .released, .releasedSome, .ownReply: .yes(text)
    case .silence, .unacknowledged, .ended, .unclear: .idle
    }
  }

  /// Whoever acknowledged everything is out of reach: the path has forgotten the connection.
  static let pathForgot = nudged { reading, text in
    switch reading {
    case .unacknowledged, .ended: .yes(text)
    case .released, .releasedSome, .ownReply, .silence, .unclear: .idle
    }
  }

  /// None of these takes the failure away, most of which could be tried.
  ///
  /// One that does makes the others needless.
  static func nothingHelps(
    _ choice: @escaping @Sendable (Control) -> [Variation]
  ) -> Criterion {
    @Sendable func cure(in evidence: Evidence) -> Variation? {
      choice(evidence.control).first { evidence.effect(of: $0) == .gone }
    }
    return Criterion(variations: { cure(in: $0) == nil ? choice($0.control) : [] }) { evidence in
      if let cure = cure(in: evidence) { return .no(evidence.sentence(on: cure)) }
      let variations = choice(evidence.control)
      let same = variations.filter { evidence.effect(of: $0) == .same }
      guard same.count * 2 > variations.count,
        variations.allSatisfy({ same.contains($0) || evidence.effect(of: $0) == .impossible })
      else { return .unknown }
      return .yes("the failure stays \(same.map(\.phrase).joined(separator: ", "))")
    }
  }

  /// The same where it is known; it is not asked for, and nothing waits for it.
  var inPassing: Criterion {
    Criterion(variations: { _ in [] }) {
      let answer = answer($0)
      return answer == .unknown ? .idle : answer
    }
  }

  /// The criterion, which nothing waits for once all was tried that could answer it.
  var asFarAsTold: Criterion {
    Criterion(variations: variations) { evidence in
      let answer = answer(evidence)
      let isTried = variations(evidence).allSatisfy { evidence.experiments[$0]?.effect != nil }
      return answer == .unknown && isTried ? .idle : answer
    }
  }

  /// The criterion, its contradiction taken for no more than the want of a reason.
  var neverAgainst: Criterion {
    Criterion(variations: variations) {
      let answer = answer($0)
      return answer.isNo ? .idle : answer
    }
  }

  /// The criterion, its fulfilment taken for no reason.
  var onlyAgainst: Criterion {
    Criterion(variations: variations) {
      let answer = answer($0)
      return answer.isYes ? .idle : answer
    }
  }

  /// The opposite question.
  var reversed: Criterion {
    Criterion(variations: variations) {
      switch answer($0) {
      case .yes(let text): .no(text)
      case .no(let text): .yes(text)
      case .idle: .idle
      case .unknown: .unknown
      }
    }
  }

  /// The criterion, without which nothing is known: an experiment that told nothing leaves it open.
  var needed: Criterion {
    Criterion(variations: variations) {
      let answer = answer($0)
      return answer == .idle ? .unknown : answer
    }
  }

  /// The criterion where `test` holds, and no question at all elsewhere.
  func idleUnless(_ test: @escaping @Sendable (Control) -> Bool) -> Criterion {
    Criterion(variations: { test($0.control) ? variations($0) : [] }) {
      test($0.control) ? answer($0) : .idle
    }
  }

  /// No question where another holds.
  func idle(where other: Criterion) -> Criterion {
    Criterion(variations: { other.answer($0).isYes ? [] : variations($0) }) {
      other.answer($0).isYes ? .idle : answer($0)
    }
  }

  /// The same, and experiments are made for it only where another holds.
  func asked(where other: Criterion) -> Criterion {
    Criterion(variations: { other.answer($0).isYes ? variations($0) : [] }, answer: answer)
  }
}

extension Evidence {
  /// What the first session with that variation showed, where all of them showed the same.
  func observation(with variation: Variation) -> Experiment.Observation? {
    effect(of: variation) == .observed ? experiments[variation]?.observations.first : nil
  }
}
