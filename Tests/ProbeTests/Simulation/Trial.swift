import Diagnosis
import Probe
import SessionOptions
import SessionTrace
@testable import Simulation

/// One simulated session, run to its end.
struct Trial {
  let network: SimulatedNetwork
  let trace: Trace
  let truth: Truth
  let finishes: Int
  /// Virtual time at which the session ended.
  let endedAt: Microseconds

  /// The session never came to an end: there was nothing left that could have ended it.
  struct NeverEnded: Error {
    var scenario: String
  }

  init(_ scenario: Scenario, plan: SessionPlan? = nil) throws {
    let network = SimulatedNetwork(scenario)
    var result: Trace?
    var finishes = 0
    var wasInterrupted = false
    let session = Session(plan: try plan ?? scenario.plan(), network: network) {
      result = $0
      finishes += 1
    }
    network.clock.schedule(at: 1) { session.start() }
    if let moment = scenario.interruptAt {
      network.clock.schedule(at: max(2, moment)) {
        wasInterrupted = !session.isFinished
        session.interrupt(signal: 2)
      }
    }
    network.clock.run { result != nil || network.clock.isSpinning }
    guard let result else { throw NeverEnded(scenario: scenario.description) }
    self.network = network
    trace = result
    truth = Truth.of(network, wasInterrupted: wasInterrupted)
    let endedAt = network.now
    self.endedAt = endedAt
    // Whatever the session left behind must do no harm.
    network.clock.run { network.now > endedAt }
    self.finishes = finishes
  }

  var verdict: Verdict { Diagnosis.verdict(of: trace) }

  /// What the verdict and the trace say, in the terms of the truth.
  var claim: Truth {
    let verdict = verdict
    return Truth(
      status: verdict.status, stage: verdict.stage, custody: verdict.custody,
      ledger: verdict.ledger, pending: verdict.pending, partial: verdict.partialReply?.length ?? 0)
  }
}
