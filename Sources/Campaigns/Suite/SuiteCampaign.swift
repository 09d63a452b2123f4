package import Diagnosis
package import Lab
package import Probe
package import Reporting
import SessionOptions
package import SessionTrace
import Wire

/// A suite: one session for each of its lines, held against what the line expects.
package final class SuiteCampaign: Campaign {
  package var machine: SuiteMachine

  private let setup: SuiteSetup
  private let patience: Microseconds?
  private let open: (SessionRequest) throws -> LabRun?
  private var labs: [Int: LabRun] = [:]
  private var results: [Int: SuiteResult] = [:]
  private var wait: ServerWait?
  private var origin: CampaignOrigin

  /// Servers are waited for as long as `patience`; `open` starts the fixture that a session is for, anew for each.
  package init(
    _ setup: SuiteSetup, patience: Microseconds? = nil,
    open: @escaping (SessionRequest) throws -> LabRun?
  ) {
    self.setup = setup
    self.patience = patience
    self.open = open
    machine = SuiteMachine(count: setup.entries.count)
    origin = CampaignOrigin(given: setup.name) { $0.addHostFacts() }
  }

  package func prepare(on network: any Network, _ ready: @escaping () -> Void) {
    guard let patience else { return ready() }
    wait = ServerWait(setup.entries.map(\.request), on: network, atMost: patience) { [weak self] in
      self?.wait = nil
      ready()
    }
    wait?.start()
  }

  package func session(for number: Int) throws -> PlannedSession {
    let request = setup.entries[number].request
    let lab = try open(request)
    labs[number] = lab
    do {
      return .run(try request.plan(at: lab?.server.address))
    } catch {
      return .impossible(error.description)
    }
  }

  package func words(for number: Int) -> String {
    escapedText(setup.entries[number].name.utf8)
  }

  package func take(_ trace: inout Trace, of number: Int) -> Verdict {
    origin.note(trace)
    close(number)
    let entry = setup.entries[number]
    let report = SessionReport(of: trace, expecting: entry.expectation)
    results[number] = SuiteResult(
      name: entry.name, line: entry.line, report: report,
      arguments: entry.request.shown(entry.request.command))
    return report.verdict
  }

  package func leaveOut(_ number: Int, _ reason: LeavingOut) {
    close(number)
    let entry = setup.entries[number]
    let given = entry.request.target.given
    results[number] = SuiteResult(
      name: entry.name, line: entry.line,
      target: TargetRecord(given: given, host: entry.request.host, port: nil),
      expected: entry.expectation?.description, trouble: reason.text,
      arguments: entry.request.shown(entry.request.command))
  }

  private func close(_ number: Int) { labs.removeValue(forKey: number)?.server.stop() }

  /// The report on what there is; `arguments` are what was typed.
  package func report(on end: CampaignEnd<Bool>, arguments: [String]) -> SuiteReport {
    let facts = origin.facts
    let ended = results.sorted { $0.key < $1.key }.map(\.value)
    return SuiteReport(
      tool: facts.tool, startedAt: origin.startedAt, duration: end.duration, arguments: arguments,
      suite: setup.name, results: ended, missing: setup.entries.count - ended.count)
  }
}
