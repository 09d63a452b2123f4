import Diagnosis
import SessionTrace
import Testing

/// One sweep against a server that is made up.
struct SweepRowOfTests: Sendable, CustomTestStringConvertible {
  var name: String
  var range: ClosedRange<Int>
  var failing: [ClosedRange<Int>]
  var kind: SweepConclusion.Kind
  var most: Int
  var isExhaustive = false

  var testDescription: String { name }
}

@Suite("A sweep")
struct SweepTests {
  static let rows: [SweepRowOfTests] = [
    .init(
      name: "the 513-byte envelope", range: 42...1100, failing: [513...513, 1025...1025],
      kind: .isolated, most: 120),
    .init(name: "nothing wrong", range: 42...1100, failing: [], kind: .nothing, most: 100),
    .init(
      name: "everything wrong", range: 42...1100, failing: [42...1100], kind: .all, most: 70),
    .init(
      name: "every multiple of 512 plus one", range: 42...5000,
      failing: (1...9).map { $0 * 512 + 1...$0 * 512 + 1 }, kind: .isolated, most: 420),
    .init(
      name: "a threshold that nobody named", range: 1...20_000, failing: [7777...20_000],
      kind: .threshold, most: 560),
    .init(
      name: "a threshold downwards", range: 1...3000, failing: [1...1234], kind: .threshold,
      most: 220),
    .init(
      name: "a range in the middle", range: 1...4000, failing: [900...2345], kind: .ranges,
      most: 300),
    .init(
      name: "a single size and a threshold", range: 1...3000,
      failing: [513...513, 1999...3000], kind: .ranges, most: 240),
    .init(
      name: "two that touch", range: 1...1100, failing: [512...513], kind: .ranges, most: 120),
    .init(
      name: "a full segment", range: 1000...3000, failing: [1448...1448], kind: .isolated,
      most: 160),
    .init(
      name: "the ends of the range", range: 100...200, failing: [100...100, 200...200],
      kind: .isolated, most: 70),
    .init(
      name: "a size that nobody named, exhaustively", range: 42...641, failing: [333...333],
      kind: .isolated, most: 606, isExhaustive: true),
    .init(
      name: "three of them, exhaustively", range: 1...900,
      failing: [97...97, 331...332, 871...871], kind: .ranges, most: 930, isExhaustive: true),
    .init(
      name: "a threshold, exhaustively", range: 1...600, failing: [300...600], kind: .threshold,
      most: 612, isExhaustive: true),
    .init(name: "one value", range: 513...513, failing: [513...513], kind: .all, most: 3),
  ]

  @Test("states the failing set exactly, and counts its sessions", arguments: rows)
  func exact(row: SweepRowOfTests) throws {
    let server = MadeUpServer { value, _ in row.failing.contains { $0.contains(value) } }
    let played = server.play(
      SweepPlan(option: .envelopeSize, range: row.range, isExhaustive: row.isExhaustive))
    let conclusion = try #require(played.conclusion)
    #expect(played.failing == row.failing)
    #expect(conclusion.kind == row.kind)
    #expect(played.sessions <= row.most)
    #expect(conclusion.sessions == played.sessions)
    #expect(conclusion.exitCode == (row.failing.isEmpty ? 0 : 1))
    #expect(conclusion.stop == nil && conclusion.intermittent.isEmpty)
    #expect(played.rounds.allSatisfy { Set($0).count == $0.count })
  }

  @Test("tests a failing value and its passing neighbours three times, in turn")
  func retries() throws {
    let played = MadeUpServer(failing: [513]).play(
      SweepPlan(option: .envelopeSize, range: 42...1100))
    for value in 512...514 {
      #expect(played.rows.first { $0.value == value }?.tries == 3)
    }
    // Nothing comes back to them after that: what is left goes to the gaps.
    let last = played.rounds.last { round in round.contains { (508...518).contains($0) } }
    #expect(last == [512, 513, 514])
  }

  @Test("does not find by luck what nobody named, and says so")
  func unnamed() throws {
    let plan = SweepPlan(option: .envelopeSize, range: 42...1100)
    let played = MadeUpServer(failing: [333]).play(plan)
    let conclusion = try #require(played.conclusion)
    #expect(played.rows.allSatisfy { $0.value != 333 })
    #expect(conclusion.kind == .nothing)
    #expect(conclusion.limits.contains { $0.contains("--exhaustive") })
    #expect(conclusion.untested == plan.range.count - played.rows.count)
  }

  @Test(
    "finds a band of sixteen that nobody named, wherever it lies, with the budget it announced",
    arguments: [1...1100, 42...4000, 1000...5000], 0..<12)
  func bandBetweenLikelyValues(range: ClosedRange<Int>, place: Int) throws {
    let from = range.lowerBound + 17 + (range.count - 60) * place / 12
    let band = from...from + 15
    let plan = SweepPlan(option: .envelopeSize, range: range)
    let played = MadeUpServer(failing: Set(band)).play(plan)
    let conclusion = try #require(played.conclusion)
    #expect(played.failing == [band], "\(conclusion.sentence)")
    #expect(conclusion.stop == nil && played.sessions <= plan.sessionLimit)
    #expect(conclusion.widestGap < 16)
  }

  @Test(
    "in a range too wide for that, uses all but what it keeps for failures, and tells the chance")
  func wideRange() throws {
    let plan = SweepPlan(option: .messageSize, range: 1...1_000_000)
    let played = MadeUpServer(failing: []).play(plan)
    let conclusion = try #require(played.conclusion)
    #expect(played.sessions > plan.sessionLimit - 100)
    #expect(conclusion.stop == nil && conclusion.exitCode == 0)
    #expect(conclusion.misses.map(\.width) == [1, 4, 16, 64])
    #expect(conclusion.misses.allSatisfy { (0.9...1).contains($0.chance) })
    #expect(conclusion.limits.contains { $0.contains("chance to have missed") })
  }

  @Test("counts the ends of the range as untested where a 421 ended it early")
  func chanceBehindA421() throws {
    var server = MadeUpServer { _, _ in false }
    server.turnsAwayAt = 2
    let conclusion = try #require(
      server.play(SweepPlan(option: .envelopeSize, range: 101...1100)).conclusion)
    // One value of a thousand was tested.
    #expect(conclusion.misses.first == SweepMiss(width: 1, chance: 0.999))
  }

  @Test("wastes no session between values that cannot be sent")
  func gapsOfTheUntestable() throws {
    var server = MadeUpServer(failing: [])
    server.unplanned = Set(1461...4000)
    let plan = SweepPlan(option: .split, range: 1...4000)
    let played = server.play(plan)
    let wasted = played.rows.count { $0.value > 1460 }
    #expect(wasted == plan.firstValues.count { $0 > 1460 })
  }

  @Test("follows one failing size to the others of its family", arguments: [700, 777, 1300])
  func families(block: Int) throws {
    // The lower bound is always looked at; nobody named the rest.
    let failing = Set((1...4).map { block * $0 + 1 })
    let played = MadeUpServer(failing: failing).play(
      SweepPlan(option: .envelopeSize, range: block + 1...block * 4 + 200))
    #expect(played.failing.map(\.lowerBound) == failing.sorted())
  }

  @Test("tells a value that fails at times from one that fails always", arguments: 0..<40)
  func intermittent(seed: Int) throws {
    // 512 plus one fails two times of three, and nothing else does.
    let played = MadeUpServer { value, session in
      value == 513 && scrambled(session, seed: UInt64(seed)) % 3 != 0
    }.play(SweepPlan(option: .envelopeSize, range: 42...1100))
    let conclusion = try #require(played.conclusion)
    let row = try #require(played.rows.first { $0.value == 513 })
    switch row.result {
    case .intermittent:
      #expect(conclusion.kind == .intermittent && conclusion.exitCode == 2)
      #expect(conclusion.intermittent.map(\.value) == [513])
      #expect(row.tries >= 3)
    case .fails: #expect(row.tries >= 3)
    case .passes: #expect(conclusion.kind == .nothing)
    case .untestable: Issue.record("every session was as planned")
    }
  }

  @Test(
    "blames no size for failures by chance, up to four in five", arguments: 0..<40,
    [5, 20, 33, 50, 67, 80] as [UInt64])
  func chance(seed: Int, percent: UInt64) throws {
    let played = MadeUpServer { _, session in
      scrambled(session, seed: UInt64(seed)) % 100 < percent
    }.play(SweepPlan(option: .envelopeSize, range: 42...1100))
    let conclusion = try #require(played.conclusion)
    // Rare failures may not be met at all, and nothing else may be concluded.
    #expect([.intermittent, .nothing].contains(conclusion.kind), "\(conclusion.sentence)")
    #expect(conclusion.kind == .intermittent || percent == 5)
    #expect(conclusion.exitCode != 1)
    #expect(played.sessions <= (percent <= 50 ? 250 : 435))
  }

  @Test("stops at 421 with what it has learnt")
  func turnedAway() throws {
    var server = MadeUpServer(failing: [513])
    server.turnsAwayAt = 20
    let played = server.play(SweepPlan(option: .envelopeSize, range: 42...1100))
    let conclusion = try #require(played.conclusion)
    #expect(conclusion.stop == .turnedAway)
    #expect(conclusion.exitCode == 2)
    // Sixteen in a row, most of them side by side with the first.
    #expect(played.sessions == 19 + 16 && conclusion.sessions == 19)
    #expect(played.failing == [513...513])
    #expect(conclusion.limits.contains { $0.contains("once only") })
    #expect(conclusion.turnedAwayAt != nil)
  }

  @Test("goes on one at a time where sessions side by side are turned away, and misses nothing")
  func goesOn() throws {
    let server = MadeUpServer(failing: [513])
    var sweep = Sweep(SweepPlan(option: .envelopeSize, range: 42...1100))
    var action = sweep.start()
    var sizes: [Int] = []
    while case .run(let values) = action {
      sizes.append(values.count)
      for (place, value) in values.enumerated() {
        let fails = server.fails(value, 0)
        // Of eight side by side four are let in.
        action = sweep.receive(
          SweepSession(
            value: value, outcome: fails ? server.failure : server.success,
            turnedAwayBy: place % 8 >= 4 ? "421 4.7.0 Too much" : nil))
      }
    }
    guard case .conclude(let conclusion) = action else {
      Issue.record("it does not end")
      return
    }
    #expect(conclusion.failing.map(\.from) == [513] && conclusion.stop == nil)
    #expect(sizes.dropFirst().allSatisfy { $0 == 1 })
  }

  @Test("says which value met a 421, and not that nothing fails")
  func saysWhereItWasTurnedAway() throws {
    for (session, before) in [
      (1, "nothing is known"), (2, "the one value that was tested before passes"),
      (6, "the 5 values that were tested before pass"),
    ] {
      var server = MadeUpServer { _, _ in false }
      server.turnsAwayAt = session
      let plan = SweepPlan(option: .envelopeSize, range: 42...1100)
      let conclusion = try #require(server.play(plan).conclusion)
      let value = plan.firstValues[session - 1]
      #expect(conclusion.turnedAwayAt == value)
      #expect(
        conclusion.sentence.hasPrefix(
          "at envelope size \(value) the server said 421, which ended the sweep; \(before)"))
      #expect(!conclusion.sentence.contains("no tested value"))
      #expect(
        conclusion.limits.contains { $0.contains("envelope size \(value), or to the number") })
    }
  }

  @Test(
    "stops where sessions were served and then none is let in, and blames no value",
    arguments: [2, 12, 30],
    [
      SweepOutcome(status: .unreachable, stage: .connect),
      SweepOutcome(status: .stalled, stage: .banner),
      SweepOutcome(status: .rejected, stage: .banner),
    ])
  func lockedOut(ban: Int, shut: SweepOutcome) throws {
    for failing in [[], [512, 513, 514]] as [Set<Int>] {
      var server = MadeUpServer(failing: failing)
      server.locksOutFrom = ban
      server.lockedOut = shut
      let played = server.play(SweepPlan(option: .envelopeSize, range: 42...1100))
      let conclusion = try #require(played.conclusion)
      #expect(conclusion.stop == .lockedOut && conclusion.exitCode == 2)
      #expect(conclusion.sessions == ban - 1 && played.sessions < ban + 20)
      #expect(conclusion.intermittent.isEmpty)
      #expect(played.rows.allSatisfy { row in !row.outcomes.contains(shut) })
      #expect(conclusion.limits.contains { $0.contains("from connection \(ban) on") })
      #expect(!conclusion.sentence.contains("no tested value"))
    }
  }

  @Test("goes on where one session is not let in, and calls the value unsteady")
  func letInAgain() throws {
    var server = MadeUpServer { _, session in session == 20 }
    server.failure = SweepOutcome(status: .unreachable, stage: .connect)
    let conclusion = try #require(
      server.play(SweepPlan(option: .envelopeSize, range: 42...1100)).conclusion)
    #expect(conclusion.stop == nil && conclusion.kind == .intermittent)
  }

  @Test("does not go on when nobody is there")
  func unreachable() throws {
    var server = MadeUpServer { _, _ in true }
    server.failure = SweepOutcome(status: .unreachable, stage: .connect)
    let played = server.play(SweepPlan(option: .split, range: 1...2000))
    #expect(played.sessions == 3)
    #expect(played.conclusion?.stop == .unreachable)
    #expect(played.conclusion?.exitCode == 2)
  }

  @Test("never begins more sessions than it may", arguments: [1, 10, 60, 70])
  func limited(limit: Int) throws {
    let played = MadeUpServer { value, _ in value % 3 == 0 }.play(
      SweepPlan(option: .split, range: 1...2000, sessionLimit: limit))
    #expect(played.sessions == limit)
    #expect(played.conclusion?.stop == .sessionLimit)
  }

  @Test("finds the size at which a server stalls that refuses at every other")
  func refusing() throws {
    var server = MadeUpServer(failing: [513])
    server.success = SweepOutcome(status: .rejected, stage: .rcpt)
    let played = server.play(SweepPlan(option: .envelopeSize, range: 42...1100))
    #expect(played.failing == [513...513])
  }

  @Test("calls no refusal a pass when nothing differs")
  func refusesAll() throws {
    var server = MadeUpServer(failing: [])
    server.success = SweepOutcome(status: .rejected, stage: .rcpt)
    let conclusion = try #require(
      server.play(SweepPlan(option: .envelopeSize, range: 42...1100)).conclusion)
    #expect(conclusion.kind == .all)
    #expect(conclusion.sentence.contains("alike (rejected@rcpt)"))
  }

  @Test("counts a value that could not be sent as untested")
  func untestable() throws {
    var server = MadeUpServer(failing: [50])
    server.unplanned = Set(42...60)
    let conclusion = try #require(
      server.play(SweepPlan(option: .envelopeSize, range: 42...100)).conclusion)
    #expect(conclusion.kind == .nothing)
    #expect(conclusion.untestable == Array(42...60))
    #expect(conclusion.untested == 19)
    #expect(conclusion.limits.count == 1)
  }

  @Test("counts a value that no session can be made for as untested")
  func impossible() throws {
    var sweep = Sweep(SweepPlan(option: .split, range: 512...513))
    _ = sweep.start()
    #expect(sweep.receive(.impossible(512, "no such session")) == .wait)
    let last = SweepSession(value: 513, outcome: SweepOutcome(status: .ok, stage: .data))
    guard case .conclude(let conclusion) = sweep.receive(last) else {
      Issue.record("not concluded")
      return
    }
    #expect(conclusion.untestable == [512])
  }

  @Test("waits for every session of a round, and takes nothing after its end")
  func rounds() throws {
    var sweep = Sweep(SweepPlan(option: .split, range: 512...514))
    guard case .run(let values) = sweep.start() else {
      Issue.record("no first round")
      return
    }
    let passed = SweepOutcome(status: .ok, stage: .data)
    for value in values.dropLast() {
      #expect(sweep.receive(SweepSession(value: value, outcome: passed)) == .wait)
    }
    let end = sweep.receive(.stopped)
    guard case .conclude(let conclusion) = end else {
      Issue.record("not concluded")
      return
    }
    #expect(conclusion.stop == .signal)
    #expect(sweep.receive(SweepSession(value: 512, outcome: passed)) == end)
  }
}
