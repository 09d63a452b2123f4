import Diagnosis
import SessionTrace
import Testing

/// What an investigation says of what it saw: no more than that, and with the same numbers everywhere.
@Suite("Evidence")
struct EvidenceTests {
  /// Plays sessions that `trace` makes, one for each trial.
  private func conclusion(_ trace: (Trial) -> Trace) -> InvestigationConclusion? {
    var investigation = Investigation(
      Subject(addresses: ["192.0.2.25"], patience: .seconds(1)), limit: 200)
    return investigation.play { trial, _ in trace(trial) }
  }

  @Test("A sentence, the table and the chance count the same sessions")
  func counts() throws {
    let conclusion = try #require(
      conclusion { trial in
        .envelope(
          fails: trial.variation != .pipeliningOff && trial.variation?.envelopeSize == nil,
          with: trial.variation)
      })
    let sentences = conclusion.causes.flatMap { $0.pro + $0.con }
    let gone = conclusion.experiments.filter { $0.effect == .gone }
    var told = 0
    for experiment in gone {
      let failed = experiment.controls.count { $0.status != .ok }
      let all = experiment.controls.count
      let counts =
        "\(experiment.variation.phrase) the failure disappears"
        + " (\(experiment.gone) of \(experiment.outcomes.count); the control failed \(failed) of \(all) times)"
      let own = sentences.filter {
        $0.contains("\(experiment.variation.phrase) the failure disappears")
      }
      #expect(own.allSatisfy { $0.contains(counts) }, "\(counts)")
      told += own.count
      #expect(
        experiment.chance
          == chanceOfDifference(
            controlPassed: all - failed, of: all, variantPassed: experiment.gone,
            of: experiment.outcomes.count))
    }
    #expect(told > 0)
  }

  @Test("A cause whose experiments came out now so, now so, is not shown")
  func unclear() throws {
    let conclusion = try #require(
      conclusion { trial in
        .envelope(fails: trial.variation == nil || trial.number % 2 == 1)
      })
    #expect(conclusion.experiments.contains { $0.effect == .unclear })
    let unsettled = Set(
      conclusion.causes.filter { $0.grade <= .consistent }.map(\.id))
    #expect(!unsettled.contains(.rcptCalloutLateReplies))
    #expect(!unsettled.contains(.tarpitErrorDelay))
  }

  @Test(
    "A connection that is refused was answered, and no filter is suspected of it",
    arguments: [
      ("ECONNREFUSED", "rst", [.connectionRefused]),
      ("ECONNRESET", "rst", [.connectionRefused]),
      ("ETIMEDOUT", "timeout", [.synFiltered]), ("ETIMEDOUT", nil, [.synFiltered]),
      ("ECONNREFUSED", "icmp", [.synFiltered]), ("EHOSTUNREACH", "icmp", [.synFiltered]),
      ("EPERM", "local", [.synFiltered]), ("ENETUNREACH", "local", []),
    ] as [(String, String?, [CauseID])])
  func refused(name: String, origin: String?, causes: [CauseID]) throws {
    let conclusion = try #require(
      conclusion { _ in .unreachable([(name, origin)]) })
    #expect(conclusion.causes.filter { $0.grade <= .consistent }.map(\.id) == causes)
    #expect(conclusion.result == (causes.isEmpty ? .noCause : .causeFound))
  }

  @Test(
    "Silence to a single SYN is no filter: the kernel sends the second after a second",
    arguments: [(500_000, []), (1_000_000, []), (1_500_000, [.synFiltered])]
      as [(Microseconds, [CauseID])])
  func oneSYN(after: Microseconds, causes: [CauseID]) throws {
    let conclusion = try #require(
      conclusion { _ in .unreachable([("ETIMEDOUT", nil)], after: after) })
    #expect(conclusion.causes.filter { $0.grade <= .consistent }.map(\.id) == causes)
  }

  @Test("Each address is told by itself")
  func mixed() throws {
    let conclusion = try #require(
      conclusion { _ in .unreachable([("ETIMEDOUT", "timeout"), ("ECONNREFUSED", "rst")]) })
    let pro = Dictionary(
      uniqueKeysWithValues: conclusion.causes.filter { $0.grade <= .consistent }.map {
        ($0.id, $0.pro)
      })
    #expect(
      pro == [
        .synFiltered: ["192.0.2.1 port 25 did not answer the SYN (ETIMEDOUT)"],
        .connectionRefused: [
          "192.0.2.2 port 25 answered the SYN with a reset (ECONNREFUSED)"
        ],
      ])
  }

  @Test("Sessions that pass before a 421 do not make a failure that comes and goes")
  func turnedAway() throws {
    let conclusion = try #require(
      conclusion { trial in
        var trace = Trace.envelope(fails: false)
        guard trial.number > 2 else { return trace }
        trace.replies = [trace.replies[0]]
        trace.replies[0].code = 421
        trace.endingStage = .banner
        return trace
      })
    #expect(conclusion.result == .stopped && conclusion.stop == .turnedAway)
  }
}

extension Trace {
  /// No connection to any of 192.0.2.1, 192.0.2.2 …, each for a reason of its own.
  fileprivate static func unreachable(
    _ reasons: [(name: String, origin: String?)], after: Microseconds = .seconds(30)
  ) -> Trace {
    var trace = Trace(
      startedAt: "", arguments: [], target: TargetRecord(given: "a", host: "a", port: 25))
    trace.attempts = reasons.enumerated().map { index, reason in
      ConnectionAttempt(
        address: "192.0.2.\(index + 1)", port: 25, start: 0, duration: after,
        failure: SystemFailure(call: "connect", name: reason.name, code: 1, text: ""),
        failureOrigin: reason.origin)
    }
    trace.ending = .unreachable(trace.attempts.last?.failure)
    trace.endingStage = .connect
    return trace
  }
}
