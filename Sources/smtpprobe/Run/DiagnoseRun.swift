import ArgumentParser
import Campaigns
import Diagnosis
import Glibc
import Probe
import Reporting
import SessionOptions
import SessionTrace
import Wire

/// Plays an investigation to its end: its sessions on one loop, and the fixture beside them when there
/// is one.
final class DiagnoseRun {
  private let setup: DiagnoseSetup
  private let base: SessionRun
  private let network: KernelNetwork
  private let pool: SessionPool
  private let progress: SweepProgress
  private let limit: Int
  private let width: Int
  private var investigation: InvestigationSeries?
  private var sessions: [DiagnosedSession] = []
  /// The first control to fail with each of the bases.
  private var controls: [[Variation]: Control] = [:]
  private var firstTrace: Trace?
  private var subject = Subject()
  private var conclusions: [InvestigationConclusion] = []
  private var failure: (any Error)?

  init(_ setup: DiagnoseSetup, limit: Int, jobs: Int, interval: Microseconds) throws {
    self.setup = setup
    self.limit = limit
    width = max(1, jobs - 1)
    base = try SessionRun(setup.request)
    network = KernelNetwork(loop: base.loop)
    pool = SessionPool(network: network, jobs: jobs, interval: interval)
    progress = SweepProgress(loop: base.loop)
  }

  /// Plays; the signal that ended it early, if one did.
  func play() throws -> (report: DiagnosisReport, signal: Int32?) {
    var signal: Int32?
    let start = base.loop.now
    try base.loop.onSignals(EndingSignals.numbers) { [weak self] number in
      signal = number
      self?.receive(.stopped(.signal))
    }
    let plan = try setup.control(at: base.place)
    subject.message = try setup.traits(of: plan)
    subject.patience = setup.request.options.patience
    // Which addresses there are decides which of them can be compared.
    network.candidates(
      for: plan.target, family: .any, within: plan.timeouts.connect
    ) { [weak self] result in
      self?.begin(addresses: (try? result.get()) ?? [])
    }
    try base.loop.run { !conclusions.isEmpty || failure != nil }
    pool.abandon()
    base.stopLab()
    progress.clear()
    if let failure { throw failure }
    return (try report(duration: base.loop.now - start), signal)
  }

  /// Unless a signal came while the addresses were looked for.
  private func begin(addresses: [Candidate]) {
    guard investigation == nil else { return }
    perform(startInvestigation(at: addresses))
  }

  private func startInvestigation(at addresses: [Candidate]) -> InvestigationSeries.Action {
    subject.addresses = addresses.compactMap { candidate in
      if case .ip(let address, _) = candidate.endpoint { address } else { nil }
    }
    var investigation = InvestigationSeries(subject, limit: limit, width: width)
    let action = investigation.start()
    self.investigation = investigation
    return action
  }

  private func receive(_ input: Investigation.Input) {
    guard conclusions.isEmpty, failure == nil else { return }
    // Stopped before the first session: what it would have begun with is not begun.
    if investigation == nil { _ = startInvestigation(at: []) }
    if let action = investigation?.receive(input) { perform(action) }
  }

  private func perform(_ action: InvestigationSeries.Action) {
    switch action {
    case .wait: break
    case .conclude(let conclusions): self.conclusions = conclusions
    case .run(let trials):
      progress.expect(trials.count)
      for trial in trials { begin(trial) }
    }
  }

  private func begin(_ trial: Trial) {
    do {
      let plan = try setup.variant(variations(of: trial)).plan(at: base.place)
      pool.submit(plan) { [weak self] in self?.take($0, of: trial) }
    } catch {
      // Not from within the machine's own answer.
      network.soon { [weak self] in
        self?.progress.add(isOK: true)
        self?.receive(.impossible(trial, "\(error)"))
      }
    }
  }

  /// What is varied in that session, each with the control that it was chosen for.
  private func variations(of trial: Trial) -> [(variation: Variation, control: Control)] {
    let variations = trial.base + (trial.variation.map { [$0] } ?? [])
    return variations.enumerated().compactMap { index, variation in
      controls[Array(variations.prefix(index))].map { (variation, $0) }
    }
  }

  private func take(_ trace: Trace, of trial: Trial) {
    guard conclusions.isEmpty, failure == nil else { return }
    var trace = trace
    if firstTrace == nil { firstTrace = trace }
    // Before it is judged: rules ask what this host is.
    trace.addHostFacts()
    let verdict = verdict(of: trace)
    if trial.variation == nil, controls[trial.base] == nil, verdict.status != .ok {
      controls[trial.base] = Control(trace: trace, verdict: verdict, subject: subject)
    }
    sessions.append(DiagnosedSession(trial, trace, verdict))
    progress.add(isOK: verdict.status == .ok)
    receive(.ended(trial, trace, verdict))
  }

  private func report(duration: Microseconds) throws -> DiagnosisReport {
    guard let conclusion = conclusions.first else {
      throw ExitMessage(status: .bug, text: "a diagnosis without an end")
    }
    var common =
      firstTrace
      ?? Trace(
        startedAt: "", arguments: [],
        target: TargetRecord(
          given: setup.request.target.given, host: setup.request.target.given, port: nil))
    common.addHostFacts()
    var target = common.target
    target.localPort = nil
    return DiagnosisReport(
      tool: ToolRecord(version: toolVersion, environment: common.environment),
      startedAt: firstTrace?.startedAt, duration: duration,
      arguments: CommandLine.arguments.map { escapedText($0.utf8) }, target: target,
      conclusion: conclusion, further: Array(conclusions.dropFirst()), sessions: sessions,
      control: conclusion.control.map { sessionReport(on: $0.trace) },
      notes: common.notes)
  }
}
