import Diagnosis
import SessionTrace
import Testing

/// The machine against servers that are known: made of rules, asked by trials.
@Suite("An investigation")
struct InvestigationTests {
  /// Plays a server that fails when `fails` says so.
  private func conclusion(
    limit: Int = 200, _ fails: (Variation?) -> Bool
  ) -> InvestigationConclusion? {
    conclusion(limit: limit, trace: { .envelope(fails: fails($0), with: $0) })
  }

  private func conclusion(limit: Int = 200, trace: (Variation?) -> Trace)
    -> InvestigationConclusion?
  {
    var investigation = Investigation(Subject(patience: .seconds(1)), limit: limit)
    return investigation.play { trial, _ in trace(trial.variation) }
  }

  @Test("finds nothing wrong with a server that always answers")
  func healthy() throws {
    let conclusion = try #require(conclusion { _ in false })
    #expect(conclusion.result == .nothingWrong)
    #expect(conclusion.controls.count == 4 && conclusion.experiments.isEmpty)
    #expect(conclusion.causes.isEmpty)
  }

  @Test("confirms a boundary where only the size of the flight matters")
  func boundary() throws {
    let conclusion = try #require(conclusion { $0?.avoidsTheBoundary != true })
    #expect(conclusion.result == .causeFound)
    #expect(conclusion.causes.first?.id == .resegBoundaryLoss)
    #expect(conclusion.causes.first?.grade == .confirmed)
    #expect(conclusion.causes.count { $0.grade == .confirmed } == 1)
    for experiment in conclusion.experiments where experiment.effect == .gone {
      #expect(try #require(experiment.chance) <= 0.01)
      #expect(experiment.gone >= 3 && experiment.same == 0)
    }
  }

  @Test("confirms broken pipelining where no size matters")
  func pipelining() throws {
    let conclusion = try #require(conclusion { $0 != .pipeliningOff })
    #expect(conclusion.causes.first?.id == .pipeliningAdvertisedBroken)
    #expect(conclusion.causes.first?.grade == .confirmed)
    let boundary = conclusion.causes.first { $0.id == .resegBoundaryLoss }
    #expect(boundary?.grade == .excluded)
  }

  @Test("confirms nothing where nothing makes a difference")
  func hung() throws {
    let conclusion = try #require(conclusion { _ in true })
    #expect(conclusion.result == .causeFound)
    #expect(
      conclusion.causes.filter { $0.grade <= .consistent }.map(\.id)
        == [.hungServer, .genericTcpTermination])
    #expect(!conclusion.causes.contains { $0.grade == .confirmed })
  }

  @Test("calls a failure that comes and goes intermittent, and names no cause")
  func intermittent() throws {
    var number = 0
    let conclusion = try #require(
      conclusion { _ in
        number += 1
        return number % 2 == 1
      })
    #expect(conclusion.result == .intermittent && conclusion.causes.isEmpty)
  }

  @Test("ends at the most sessions that are allowed")
  func limited() throws {
    let conclusion = try #require(conclusion(limit: 5) { _ in true })
    #expect(conclusion.stop == .sessionLimit && conclusion.controls.count <= 5)
  }

  @Test("asks again after pauses where every session is turned away, and then no more")
  func turnedAway() throws {
    var investigation = Investigation(Subject())
    var action = investigation.start()
    var pauses: [Microseconds] = []
    while case .run(let trials) = action {
      #expect(trials.count == 1)
      let trial = try #require(trials.first)
      pauses.append(trial.pause)
      var trace = Trace.healthy
      trace.replies[2].code = 421
      action = investigation.receive(.ended(trial, trace, verdict(of: trace)))
    }
    guard case .conclude(let conclusion) = action else {
      Issue.record("it does not end")
      return
    }
    #expect(pauses == [0, .seconds(2), .seconds(4), .seconds(8)])
    #expect(conclusion.stop == .turnedAway && conclusion.refusedFrom == 1)
    #expect(!conclusion.causes.contains { $0.grade == .confirmed })
  }

  @Test("goes on slowly at a server that turns every third session away, and names the limit")
  func goesOn() throws {
    var number = 0
    let told = conclusion(trace: { variation in
      number += 1
      guard number % 3 != 0 else {
        var trace = Trace.healthy
        trace.replies.removeLast(trace.replies.count - 1)
        trace.replies[0].code = 421
        trace.endingStage = .banner
        return trace
      }
      return .envelope(fails: variation?.avoidsTheBoundary != true, with: variation)
    })
    let conclusion = try #require(told)
    #expect(conclusion.stop == nil)
    #expect(conclusion.causes.first?.id == .resegBoundaryLoss)
    #expect(conclusion.rest != nil)
  }

  @Test("finds nothing wrong with a server that turns one session away, and says so")
  func turnedAwayOnce() throws {
    var number = 0
    let told = conclusion(trace: { _ in
      number += 1
      var trace = Trace.healthy
      if number == 2 {
        trace.replies.removeLast(trace.replies.count - 1)
        trace.replies[0].code = 421
      }
      return trace
    })
    let conclusion = try #require(told)
    #expect(conclusion.result == .nothingWrong)
    #expect(conclusion.causes.map(\.id) == [.connectionLimit421])
  }

  @Test("keeps what was learnt when a 421 comes behind failures that were all alike")
  func turnedAwayLater() throws {
    var number = 0
    let told = conclusion(trace: { variation in
      number += 1
      var trace = Trace.envelope(fails: variation != .pipeliningOff, with: variation)
      if number > 12 {
        trace = .healthy
        trace.replies[0].code = 421
      }
      return trace
    })
    let conclusion = try #require(told)
    #expect(conclusion.stop == .turnedAway)
    #expect(conclusion.result == .causeFound || conclusion.result == .stopped)
    #expect(conclusion.controlsFailed == conclusion.controls.count)
    #expect(!conclusion.experiments.isEmpty)
  }

  @Test(
    "blames nothing on a server that fails by chance, however often it fails",
    arguments: [0.1, 0.3, 0.5, 0.7, 0.9])
  func chance(rate: Double) throws {
    var generator = SplitMix(seed: UInt64(rate * 1_000))
    var confirmed = 0
    for _ in 0..<400 {
      let conclusion = try #require(
        conclusion { _ in Double.random(in: 0..<1, using: &generator) < rate })
      if conclusion.causes.contains(where: { $0.grade == .confirmed }) { confirmed += 1 }
    }
    // A wrong confirmation is the worst that a diagnosis can do.
    #expect(confirmed == 0)
  }
}

/// A generator whose numbers are the same every time: SplitMix64 (Steele, Lea, Flood 2014).
private struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
