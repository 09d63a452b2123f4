import Campaigns
import Diagnosis
import Glibc
import Probe
import Reporting
import SessionOptions
import SessionTrace
import Wire

/// Plays a sweep to its end: many sessions on one loop, and the fixture beside them when there is one.
final class SweepRun {
  private let setup: SweepSetup
  private let loop: EventLoop
  /// Kept alive while the sessions run: the loop, and the fixture beside it.
  private let base: SessionRun
  private let pool: SessionPool
  private let progress: SweepProgress
  private var sweep: Sweep
  private var conclusion: SweepConclusion?
  /// A session that could not even be planned.
  private var failure: (any Error)?
  /// The first session that began, for what all have in common.
  private var firstTrace: Trace?
  /// The first session that was not ok, of each of the lowest values.
  private var failures: [Int: Trace] = [:]

  /// So many traces are kept: only the lowest failing value's is shown, and which that is comes last.
  private static let tracesKept = 32

  init(_ setup: SweepSetup, plan: SweepPlan, jobs: Int, interval: Microseconds) throws {
    self.setup = setup
    base = try SessionRun(setup.request)
    loop = base.loop
    pool = SessionPool(network: KernelNetwork(loop: loop), jobs: jobs, interval: interval)
    progress = SweepProgress(loop: loop)
    sweep = Sweep(plan)
  }

  /// Plays; the signal that ended it early, if one did.
  func play() throws -> (report: SweepReport, signal: Int32?) {
    var signal: Int32?
    let start = loop.now
    try loop.onSignals(EndingSignals.numbers) { [weak self] number in
      signal = number
      if let self { perform(sweep.receive(.stopped)) }
    }
    perform(sweep.start())
    try loop.run { conclusion != nil || failure != nil }
    pool.abandon()
    base.stopLab()
    progress.clear()
    if let failure { throw failure }
    return (try report(duration: loop.now - start), signal)
  }

  private func perform(_ action: Sweep.Action) {
    switch action {
    case .wait: break
    case .conclude(let conclusion): self.conclusion = conclusion
    case .run(let values):
      progress.expect(values.count)
      do {
        for value in values {
          let plan = try setup.plan(at: value, place: base.place)
          pool.submit(plan) { [weak self] in self?.take($0, of: value) }
        }
      } catch {
        failure = error
      }
    }
  }

  private func take(_ trace: Trace, of value: Int) {
    guard conclusion == nil, failure == nil else { return }
    let verdict = verdict(of: trace)
    if firstTrace == nil { firstTrace = trace }
    if verdict.status != .ok, failures[value] == nil {
      failures[value] = trace
      if failures.count > Self.tracesKept, let highest = failures.keys.max() {
        failures[highest] = nil
      }
    }
    progress.add(isOK: verdict.status == .ok)
    perform(sweep.receive(.ended(value, trace, verdict)))
  }

  private func report(duration: Microseconds) throws -> SweepReport {
    guard let conclusion else { throw ExitMessage(status: .bug, text: "a sweep without an end") }
    var common =
      firstTrace
      ?? Trace(
        startedAt: "", arguments: [],
        target: TargetRecord(
          given: setup.request.target.given, host: setup.request.target.given, port: nil))
    common.addHostFacts()
    let lowest =
      conclusion.failing.first?.from ?? conclusion.intermittent.first?.value
    let failing = lowest.flatMap { failures[$0] }.map { trace in
      var trace = trace
      trace.environment = common.environment
      return sessionReport(on: trace)
    }
    var target = common.target
    target.localPort = nil
    return SweepReport(
      tool: ToolRecord(version: toolVersion, environment: common.environment),
      startedAt: firstTrace?.startedAt, duration: duration,
      arguments: CommandLine.arguments.map { escapedText($0.utf8) }, target: target,
      plan: sweep.plan, rows: sweep.rows, conclusion: conclusion, firstFailure: failing,
      notes: common.notes)
  }
}
