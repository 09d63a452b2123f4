package import Diagnosis
package import Probe
package import Reporting
import SessionOptions
package import SessionTrace
package import Wire

/// A scan: one session with each target of a list, told at once and forgotten.
package final class ScanCampaign: Campaign {
  package var machine: ScanMachine
  /// How targets ended, in this run and those that it took up.
  package private(set) var tally: ScanTally
  /// What ended the scan because there is no use in going on; `nil` while nothing did.
  package private(set) var trouble: ExitMessage?
  /// Called once when that happens.
  package var onTrouble: (() -> Void)?

  private let setup: ScanSetup
  private let journal: ScanJournal?
  private let places: [String: ServerPlace]
  private let output: String
  private let write: ([UInt8]) -> SystemFailure?

  /// `places` is where fixtures are found, `write` takes the lines of the output, which messages call `output`.
  ///
  /// Targets are asked for up to `window` at a time.
  package init(
    _ setup: ScanSetup, seed: UInt64, window: Int, journal: ScanJournal? = nil,
    places: [String: ServerPlace] = [:], output: String = "standard output",
    write: @escaping ([UInt8]) -> SystemFailure?
  ) {
    self.setup = setup
    self.journal = journal
    self.places = places
    self.output = output
    self.write = write
    tally = journal?.tally ?? ScanTally()
    machine = ScanMachine(
      pending: journal?.pending ?? setup.members, of: setup.list.count, seed: seed, window: window)
  }

  package func prepare(on network: any Network, _ ready: @escaping () -> Void) { ready() }

  package func session(for number: Int) -> PlannedSession {
    do {
      let request = try setup.request(number)
      var plan = try request.briefPlan(at: places[request.target.given])
      // No report is made of its trace: what only a drawing wants to know is not asked for.
      plan.timesSending = false
      return .run(plan)
    } catch {
      return .impossible("\(error)")
    }
  }

  package func words(for number: Int) -> String { "target \(number)" }

  package func take(_ trace: inout Trace, of number: Int) -> Verdict {
    let verdict = Diagnosis.verdict(of: trace)
    tell(number) { ScanResult(trace, verdict, target: $0, tag: $1, place: $2) }
    return verdict
  }

  package func leaveOut(_ number: Int, _ reason: LeavingOut) {
    let status: ScanStatus =
      switch reason {
      case .impossible: .impossible
      case .excluded: .excluded
      }
    tell(number) { ScanResult(status, reason.text, target: $0, tag: $1, place: $2) }
  }

  /// Writes the result, and then that there is one: what a kill between the two leaves is told twice and
  /// never lost.
  private func tell(
    _ number: Int, _ make: (String, ArraySlice<UInt8>?, ScanPlace) -> ScanResult
  ) {
    guard trouble == nil, let target = try? setup.target(number) else { return }
    let place = ScanPlace(
      plan: setup.plan, shard: setup.shard, targets: setup.list.count, number: number + 1,
      line: setup.list.lineNumber(of: number))
    let result = make(target.target.given, target.tag, place)
    tally.add(result.status)
    if let failure = write(result.line) {
      end(failure, output)
    } else if let failure = journal?.add(number, result.status) {
      end(failure, "--resume")
    }
  }

  private func end(_ failure: SystemFailure, _ what: String) {
    trouble = ExitMessage(status: .cannotWrite, text: "\(what): \(failure.text)")
    onTrouble?()
  }

  /// The summary of what there is; `stopped` is why that is not all.
  package func summary(
    seed: UInt64, duration: Microseconds, stopped: String?
  ) -> ScanSummary {
    ScanSummary(
      plan: setup.plan, shard: setup.shard, seed: seed, targets: setup.list.count,
      expected: setup.members.count, tally: tally, doneBefore: journal?.tally.done ?? 0,
      duration: duration, stopped: stopped)
  }
}
