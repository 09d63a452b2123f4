import Synchronization
import TLSEngine
import Testing

@testable import Probe

@Suite("Settings of TLS are tried before a connection")
struct TLSTrialsTests {
  /// What one session of a request asks for, and how often settings were tried when it may begin.
  private struct Step {
    var priority: String?
    var isNeeded: Bool
    var trials: Int
  }

  @Test("where something can be wrong or TLS is certain to come, and once while they are the same")
  func once() throws {
    let count = Mutex(0)
    let trials = TLSTrials { _ in count.withLock { $0 += 1 } }
    for step in [
      Step(isNeeded: false, trials: 0), Step(isNeeded: false, trials: 0),
      // The first time that they must do: that they were there before is no trial.
      Step(isNeeded: true, trials: 1), Step(isNeeded: true, trials: 1),
      Step(isNeeded: false, trials: 1), Step(isNeeded: true, trials: 1),
      Step(priority: "NORMAL", isNeeded: false, trials: 2),
      Step(priority: "NORMAL", isNeeded: true, trials: 2),
      Step(priority: "SECURE256", isNeeded: true, trials: 3),
    ] {
      let asked = ClientConfiguration(serverName: "mx.example.com", priority: step.priority)
      let configuration = try trials.tried(asked, isNeeded: step.isNeeded)
      #expect(configuration.isLike(asked))
      #expect(count.withLock { $0 } == step.trials, "\(step)")
    }
  }

  @Test("and what was refused is refused again")
  func refused() {
    let refusal = TLSError(operation: "set the priority", name: "no", text: "no")
    let trials = TLSTrials { _ throws(TLSError) in throw refusal }
    let configuration = ClientConfiguration(priority: "NORMAL")
    for _ in 1...2 {
      #expect(throws: refusal) { try trials.tried(configuration, isNeeded: false) }
    }
  }
}
