import Diagnosis
import Lab
import Probe
import Reporting
import SessionTrace
import Wire

/// What the probe told of one run.
struct SessionResult {
  var observation: Observation
  /// The verdict's sentence.
  var summary: String
  var duration: Microseconds
  /// The session took too long and was interrupted.
  var wasCutShort: Bool

  /// What no report may say, whatever the fixture wants.
  var untruths: [String] {
    let ledger = observation.ledger
    guard !ledger.isInOrder else { return [] }
    return [
      "the ledger is out of order: answered \(ledger.answered), acknowledged \(ledger.acknowledged),"
        + " sent \(ledger.sent), written \(ledger.written)"
    ]
  }
}

extension SessionResult {
  /// What a probe of its own process ended with and wrote; `nil` where that is no report.
  init?(status: Int, written: [UInt8]) {
    guard let report = try? SavedReport(json: written) else { return nil }
    self.init(
      observation: Observation(report.verdict, on: report.trace, exit: status),
      summary: report.verdict.summary, duration: report.trace.duration, wasCutShort: false)
  }
}

/// One session beside the server that plays its fixture, from its start to its verdict.
final class LabSession {
  private let server: LabServer
  private let plan: CheckPlan
  private let loop: EventLoop
  private let limit: Microseconds
  private let done: (SessionResult) -> Void
  private var session: Session?
  private var timer: TimerToken?
  private var startedAt: Microseconds = 0
  private var wasCutShort = false

  /// `done` is called once, from the loop, unless the run is abandoned first.
  init(
    server: LabServer, plan: CheckPlan, network: KernelNetwork, loop: EventLoop,
    limit: Microseconds, done: @escaping (SessionResult) -> Void
  ) {
    self.server = server
    self.plan = plan
    self.loop = loop
    self.limit = limit
    self.done = done
    session = Session(plan: plan.session, network: network) { [weak self] trace in
      // Not from within the session, which must not be let go while it is at work.
      loop.soon { self?.finish(trace) }
    }
  }

  func start() {
    startedAt = loop.realNow
    timer = loop.schedule(at: loop.now + limit) { [weak self] in
      self?.wasCutShort = true
      self?.session?.interrupt(signal: 14)
    }
    session?.start()
  }

  /// Closes everything and tells nothing.
  func abandon() {
    let session = session
    leave()
    session?.interrupt(signal: 15)
  }

  private func leave() {
    if let timer { loop.cancel(timer) }
    session = nil
    server.stop()
  }

  private func finish(_ trace: Trace) {
    guard session != nil else { return }
    leave()
    let verdict = verdict(of: trace)
    var observation = Observation(verdict, on: trace, exit: plan.exitCode(verdict))
    // What the kernel held back took real time, also where the loop's clock forgave some of it.
    observation.duration = max(observation.duration, loop.realNow - startedAt)
    done(
      SessionResult(
        observation: observation, summary: verdict.summary, duration: trace.duration,
        wasCutShort: wasCutShort))
  }
}
