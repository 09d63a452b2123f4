package import Diagnosis
package import Probe
package import Reporting
import SessionOptions
package import SessionTrace
package import Wire

/// A sweep: sessions that differ in the value of one option.
package final class SweepCampaign: Campaign {
  package var machine: Sweep

  private let setup: SweepSetup
  private let place: ServerPlace?
  private var origin: CampaignOrigin
  private var failures = LowestFailures()

  /// `place` is where the fixture is found, `describe` adds what the host says of itself.
  package init(
    _ setup: SweepSetup, plan: SweepPlan, place: ServerPlace?,
    describe: @escaping (inout Trace) -> Void = { $0.addHostFacts() }
  ) {
    self.setup = setup
    self.place = place
    machine = Sweep(plan)
    origin = CampaignOrigin(given: setup.request.target.given, describe: describe)
  }

  package func prepare(on network: any Network, _ ready: @escaping () -> Void) { ready() }

  package func pause(before value: Int) -> Microseconds { machine.pause() }

  package func words(for value: Int) -> String { "\(setup.option.noun) \(value)" }

  package func session(for value: Int) throws -> PlannedSession {
    .run(try setup.plan(at: value, place: place))
  }

  package func take(_ trace: inout Trace, of value: Int) -> Verdict {
    origin.note(trace)
    let verdict = Diagnosis.verdict(of: trace)
    if verdict.status != .ok { failures.add(trace, at: value) }
    return verdict
  }

  /// That a limit of sessions (D9) was met by the sweep itself.
  private var limitNotes: [String] {
    guard let words = machine.rest.words else { return [] }
    let pause = machine.rest.pause
    return [
      "sessions were turned away (\(words)): one at a time from then on"
        + (pause > 0 ? ", each after a pause of \(durationText(pause)) in the end" : "")
        + "; connection-limit-421 (D9) in the catalogue"
    ]
  }

  /// The report on what it came to; `arguments` are what was typed.
  package func report(
    on end: CampaignEnd<SweepConclusion>, arguments: [String]
  ) -> SweepReport {
    let facts = origin.facts
    let lowest =
      end.conclusion.failing.first?.from ?? end.conclusion.intermittent.first?.value
    let failing = lowest.flatMap { failures[$0] }.map { trace in
      var trace = trace
      trace.environment = facts.environment
      setup.describe(&trace, at: lowest ?? 0, place: place)
      return SessionReport(of: trace)
    }
    return SweepReport(
      tool: facts.tool, startedAt: origin.startedAt, duration: end.duration,
      arguments: arguments, target: facts.target, plan: machine.plan, rows: machine.rows,
      conclusion: end.conclusion, firstFailure: failing, notes: facts.notes + limitNotes)
  }
}
