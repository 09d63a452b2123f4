import SMTPDialogue
import SessionTrace

/// A size of a session, and how sessions of other sizes are made of one that fails.
struct Quantity: Sendable {
  let option: SweepOption
  /// The session of that size.
  let variation: @Sendable (Int) -> Variation
  /// The size that a session has; `nil` where it has none.
  let size: @Sendable (Control) -> Int?
  /// Where it is looked, beside the sizes that are known.
  let plan: @Sendable (Control, _ known: ClosedRange<Int>, _ sessions: Int) -> SweepPlan?

  /// Those that a diagnosis measures.
  static let all = [envelope, message, clientHello]

  /// As `smtpprobe sweep` does it, up to two full segments at least: what fails need not be one size.
  private static let envelope = Quantity(
    option: .envelopeSize, variation: Variation.measuredEnvelope,
    size: { $0.isPipelined ? $0.trace.envelope?.size : nil }
  ) { control, _, sessions in
    guard let envelope = control.trace.envelope else { return nil }
    let smallest = envelope.size - envelope.padding
    let greatest = max(min(max(1_460, 2 * envelope.size + 2), control.segmentSize), envelope.size)
    return SweepPlan(
      measuring: .envelopeSize, range: smallest...greatest, by: .brief,
      sessionLimit: min(sessions, 100))
  }

  private static let message = Quantity(
    option: .messageSize, variation: Variation.messageSize, size: { $0.subject.message?.size },
    plan: between(.messageSize))

  private static let clientHello = Quantity(
    option: .clienthelloSize, variation: Variation.helloSize, size: \.helloSize,
    plan: between(.clienthelloSize))

  /// Where failing begins, between sizes that pass and sizes that fail.
  private static func between(
    _ option: SweepOption
  ) -> @Sendable (Control, ClosedRange<Int>, Int) -> SweepPlan? {
    { _, known, sessions in
      SweepPlan(measuring: option, range: known, by: .bisecting, sessionLimit: min(sessions, 80))
    }
  }
}

extension Quantity {
  /// What an investigation has shown of other sizes, and of its own.
  func known(from conclusion: InvestigationConclusion) -> [SweepRow] {
    guard let control = conclusion.control, let size = size(control) else { return [] }
    let failure = SweepOutcome(control.verdict)
    var outcomes = [size: Array(repeating: failure, count: conclusion.controlsFailed)]
    for experiment in conclusion.experiments {
      guard let size = self.size(of: experiment.variation) else { continue }
      outcomes[size, default: []] +=
        Array(repeating: .passed, count: experiment.gone)
        + Array(repeating: failure, count: experiment.same)
    }
    return outcomes.filter { !$0.value.isEmpty }.map { SweepRow(value: $0.key, outcomes: $0.value) }
  }

  /// The size that a variation asks for; `nil` where it varies something else, too.
  private func size(of variation: Variation) -> Int? {
    guard variation.name == option.rawValue else { return nil }
    return option == .envelopeSize ? variation.envelopeSize : Int(variation.value)
  }

  /// Whether what an investigation came to leaves the question open which sizes fail: another size takes the
  /// failure away, and the cause asks for the number, or there is none.
  func isWanted(after conclusion: InvestigationConclusion) -> Bool {
    guard conclusion.stop == nil, conclusion.result == .causeFound || conclusion.result == .noCause,
      known(from: conclusion).contains(where: { $0.outcomes.contains(.passed) })
    else { return false }
    let causes = conclusion.best.compactMap { Catalogue.cause($0.id) }.filter { !$0.isLastResort }
    return causes.isEmpty || causes.contains { $0.number == option }
  }
}

extension SweepOutcome {
  /// That the failure is gone.
  static let passed = SweepOutcome(status: .ok, stage: .quit)
}
