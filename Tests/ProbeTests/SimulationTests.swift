import Diagnosis
import FoundationEssentials
import Glibc
import SessionTrace
import Testing

@testable import Probe
import SessionOptions
@testable import Simulation

/// Ten thousand sessions on a simulated network, each held against what really happened.
@Suite("Simulation")
struct SimulationTests {
  private static let seedsPerRow = 250

  /// The seeds of each row; one alone when the environment names it.
  private static var rows: [Range<Int>] {
    if let text = unsafe getenv("SMTPPROBE_SEED"), let seed = unsafe Int(String(cString: text)) {
      return [seed..<(seed + 1)]
    }
    return (0..<40).map { ($0 * seedsPerRow)..<(($0 + 1) * seedsPerRow) }
  }

  @Test("Status, stage, custody, ledger and pending commands are the truth", arguments: rows)
  func verdictIsTheTruth(seeds: Range<Int>) throws {
    for seed in seeds {
      let scenario = Scenario.random(seed: seed)
      let advice = "SMTPPROBE_SEED=\(seed) swift test --filter Simulation"
      let trial: Trial
      do {
        trial = try Trial(scenario)
      } catch {
        Issue.record("\(error): \(advice)\n\(scenario)")
        continue
      }
      let claim = trial.claim
      var complaints = trial.complaints
      if seed % 4 == 0 {
        let saved = try JSONDecoder().decode(Trace.self, from: JSONEncoder().encode(trial.trace))
        if verdict(of: saved) != trial.verdict { complaints.append("judged otherwise from JSON") }
      }
      #expect(
        claim == trial.truth && complaints.isEmpty,
        """
        \(advice)
        \(scenario)
        truth:    \(trial.truth)
        verdict:  \(claim)
        complaints: \(complaints.joined(separator: "; "))
        ending \(trial.trace.ending) at \(trial.trace.endingStage), waited \(trial.trace.waited)
        """)
    }
  }
}
