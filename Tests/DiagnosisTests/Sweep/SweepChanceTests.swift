import Diagnosis
import SessionTrace
import Testing

/// Sweeps of servers whose truth is known, by the thousand: how often does a sweep say what is not so?
@Suite("Chance in a sweep")
struct SweepChanceTests {
  /// Which values fail always; beside them each session fails with the chance of `permille`.
  private func conclusion(
    permille: Int, seed: Int, failing: (Int) -> Bool = { _ in false }
  ) throws -> SweepConclusion {
    let played = withoutActuallyEscaping(failing) { failing in
      MadeUpServer { value, session in
        failing(value) || scrambled(session, seed: UInt64(seed)) % 1000 < UInt64(permille)
      }.play(SweepPlan(option: .envelopeSize, range: 42...1100))
    }
    return try #require(played.conclusion)
  }

  @Test("blames a size for chance in six of 2,000 sweeps at most, however often chance fails")
  func blamesNoSize() throws {
    var blamed: [String] = []
    for seed in 0..<2_000 {
      let conclusion = try conclusion(
        permille: Int(scrambled(seed, seed: 7) % 1000), seed: 5_000 + seed)
      // Where not one session passed, "all that was tested fails alike" is what was seen.
      if conclusion.exitCode == 1, conclusion.kind != .all { blamed.append(conclusion.sentence) }
    }
    #expect(blamed.count <= 6, "\(blamed)")
  }

  @Test(
    "finds the sizes that always fail beside failures that come and go",
    arguments: [20, 100, 200, 300])
  func findsBesideChance(permille: Int) throws {
    var wrong: [String] = []
    var right = 0
    for seed in 0..<150 {
      let conclusion = try conclusion(permille: permille, seed: seed) { $0 % 512 == 1 }
      guard conclusion.exitCode == 1 else { continue }
      if conclusion.failing.map(\.from) == [513, 1025], conclusion.failing.allSatisfy(\.isSingle) {
        right += 1
      } else {
        wrong.append(conclusion.sentence)
      }
    }
    #expect(right >= 145, "\(right)")
    #expect(wrong.count <= 3, "\(wrong)")
  }

  @Test(
    "says nothing wrong about a threshold beside failures that come and go",
    arguments: [20, 100, 300, 500])
  func thresholdBesideChance(permille: Int) throws {
    var wrong: [String] = []
    var right = 0
    for seed in 0..<150 {
      let conclusion = try conclusion(permille: permille, seed: seed) { $0 >= 700 }
      guard conclusion.exitCode == 1 else { continue }
      let isRight = conclusion.failing.allSatisfy { $0.from >= 700 }
      if isRight { right += 1 } else { wrong.append(conclusion.sentence) }
    }
    #expect(wrong.count <= 3, "\(wrong)")
    // The more chance fails, the less the rest of a threshold can be told from it.
    #expect(right >= (permille <= 100 ? 120 : 0), "\(right)")
  }

  @Test(
    "warns of what passed once, and of what failed too seldom, beside failures that come and go")
  func warns() throws {
    let conclusion = try conclusion(permille: 800, seed: 3)
    #expect(conclusion.kind == .intermittent && conclusion.exitCode == 2)
    #expect(conclusion.failing.isEmpty && !conclusion.unconfirmed.isEmpty)
    #expect(conclusion.limits.contains { $0.contains("not often enough to exclude chance") })
    let rare = try self.conclusion(permille: 100, seed: 1) { $0 == 513 }
    #expect(rare.failing.map(\.from) == [513] && !rare.intermittent.isEmpty)
    #expect(rare.passingOnce > 0)
    #expect(
      rare.limits.contains {
        $0.hasPrefix("\(rare.passingOnce) of the \(rare.passing) values that pass had one try only")
      })
  }

  @Test("makes no such reservation where nothing comes and goes")
  func steady() throws {
    let conclusion = try conclusion(permille: 0, seed: 1) { $0 == 513 }
    #expect(conclusion.passingOnce > 0 && conclusion.unconfirmed.isEmpty)
    #expect(!conclusion.limits.contains { $0.contains("one try only") })
  }
}
