package import Diagnosis
package import Probe
package import Reporting
import SessionOptions
package import SessionTrace
package import Wire

/// A diagnosis: the session as given, and sessions that differ from it in one thing each.
package final class DiagnosisCampaign: Campaign {
  package var machine: InvestigationSeries

  private let setup: DiagnoseSetup
  private let place: ServerPlace?
  private let limit: Int
  private let width: Int
  private let describe: (inout Trace) -> Void
  private var subject = Subject()
  private var origin: CampaignOrigin
  private var sessions: [DiagnosedSession] = []
  /// The first control to fail with each of the bases.
  private var controls: [[Variation]: Control] = [:]

  /// At most `limit` sessions in all; `jobs` at a time are a control and variants beside it.
  ///
  /// `place` is where the fixture is found, `describe` adds what the host says of itself.
  package init(
    _ setup: DiagnoseSetup, limit: Int, jobs: Int, place: ServerPlace?,
    describe: @escaping (inout Trace) -> Void = { $0.addHostFacts() }
  ) {
    self.setup = setup
    self.limit = limit
    self.place = place
    self.describe = describe
    width = max(1, jobs - 1)
    machine = InvestigationSeries(subject, limit: limit, width: width)
    origin = CampaignOrigin(given: setup.request.target.given, describe: describe)
  }

  /// Reads the message, and finds out which addresses there are: that decides which can be compared.
  package func prepare(on network: any Network, _ ready: @escaping () -> Void) throws {
    let plan = try setup.control(at: place)
    subject = try setup.subject(of: plan)
    network.candidates(for: plan.target, family: .any, within: plan.timeouts.connect) {
      [weak self] result in
      self?.begin(at: (try? result.get()) ?? [])
      ready()
    }
  }

  private func begin(at candidates: [Candidate]) {
    subject.addresses = candidates.compactMap { candidate in
      if case .ip(let address, _) = candidate.endpoint { address } else { nil }
    }
    machine = InvestigationSeries(subject, limit: limit, width: width)
  }

  package func session(for trial: Trial) -> PlannedSession {
    do {
      var request = try setup.variant(variations(of: trial))
      if let wait = trial.wait { request.options.timeouts.shorten(to: wait) }
      var plan = try request.plan(at: place)
      if plan.timeouts.total == nil {
        plan.timeouts.total = trial.total ?? Pace.longestSession(patience: subject.patience)
      }
      return .run(plan)
    } catch {
      return .impossible("\(error)")
    }
  }

  package func words(for trial: Trial) -> String {
    trial.variation?.phrase ?? trial.base.last?.phrase ?? "the session as given"
  }

  package func pause(before trial: Trial) -> Microseconds { trial.pause }

  /// What is varied in that session, each with the control that it was chosen for.
  private func variations(of trial: Trial) -> [(variation: Variation, control: Control)] {
    let variations = trial.base + (trial.variation.map { [$0] } ?? [])
    return variations.enumerated().compactMap { index, variation in
      // What is varied beside the first control of a base, before that has failed, goes by the one in front.
      let known = (0...index).reversed().lazy.compactMap {
        self.controls[Array(variations.prefix($0))]
      }
      return known.first.map { (variation: variation, control: $0) }
    }
  }

  package func take(_ trace: inout Trace, of trial: Trial) -> Verdict {
    origin.note(trace)
    // Before it is judged: rules ask what this host is.
    describe(&trace)
    let verdict = Diagnosis.verdict(of: trace, beside: controls[trial.base])
    if trial.variation == nil, controls[trial.base] == nil, verdict.status != .ok {
      controls[trial.base] = Control(trace: trace, verdict: verdict, subject: subject)
    }
    sessions.append(DiagnosedSession(trial, trace, verdict))
    return verdict
  }

  /// The report on what it came to; `arguments` are what was typed.
  package func report(
    on end: CampaignEnd<[InvestigationConclusion]>, arguments: [String]
  ) throws(ExitMessage) -> DiagnosisReport {
    guard let conclusion = end.conclusion.first else {
      throw ExitMessage(status: .bug, text: "a diagnosis without an end")
    }
    let facts = origin.facts
    return DiagnosisReport(
      tool: facts.tool, startedAt: origin.startedAt, duration: end.duration,
      arguments: arguments, target: facts.target, conclusion: conclusion,
      further: Array(end.conclusion.dropFirst()), sessions: sessions,
      control: conclusion.control.map { SessionReport(of: $0.trace) },
      notes: facts.notes + limitNotes(end.conclusion))
  }

  /// That a limit of connections (D9) was met by the diagnosis itself.
  private func limitNotes(_ conclusions: [InvestigationConclusion]) -> [String] {
    let entry = "connection-limit-421 (D9) in the catalogue"
    let crowd = conclusions.compactMap(\.crowdWords).prefix(1).map {
      "side by side sessions were refused (\($0)): one at a time from then on; \(entry)"
    }
    let rest = conclusions.compactMap(\.rest).suffix(1).map {
      "sessions by themselves were turned away (\($0.words)): one at a time, each after a pause of"
        + " \(durationText($0.pause)) in the end; \(entry)"
    }
    return crowd + rest
  }
}
