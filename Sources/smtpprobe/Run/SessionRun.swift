import ArgumentParser
import Campaigns
import Diagnosis
import Glibc
import Lab
import Probe
import Reporting
import SessionOptions
import SessionTrace
import Wire

/// Runs one session to its end on a loop of its own, the fixture beside it when there is one.
struct SessionRun {
  let loop: EventLoop
  /// Where the fixture is found, when the target is one.
  var place: ServerPlace? { lab?.server.address }
  /// Kept alive while the session runs.
  private let lab: LabRun?

  /// A fixture with a network moves the process into it: make the run before any thread.
  init(_ request: SessionRequest) throws {
    if case .lab(let name) = request.target.place {
      loop = try EventLoop(forgivesStalls: true)
      lab = try LabRun(
        namedFixture(name), playsFault: request.options.fault,
        overIPv6: request.options.family == .ipv6, loop: loop)
    } else {
      loop = try EventLoop()
      lab = nil
    }
  }

  /// The trace, whatever ended the session; a signal ends it early.
  func trace(of plan: SessionPlan) throws -> Trace {
    var result: Trace?
    let host = HostView()
    let session = Session(plan: plan, network: KernelNetwork(loop: loop)) { result = $0 }
    try loop.onSignals(EndingSignals.numbers) { session.interrupt(signal: Int($0)) }
    session.start()
    try loop.run { result != nil }
    stopLab()
    var trace = result ?? session.trace
    host.describe(&trace)
    return trace
  }

  /// Ends the fixture's server, where there is one.
  func stopLab() { lab?.server.stop() }
}
