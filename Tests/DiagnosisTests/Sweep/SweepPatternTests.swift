import Diagnosis
import Testing

/// Sweeps of servers that count modulo something.
@Suite("A sweep over sizes that come round")
struct SweepPatternTests {
  struct Row: Sendable, CustomTestStringConvertible {
    var text: String
    var range = 42...1_460
    var fails: @Sendable (Int) -> Bool
    var testDescription: String { text }
  }

  static let rows: [Row] = [
    Row(text: "every second size, the odd ones") { $0 % 2 == 1 },
    Row(text: "every second size, the even ones") { $0 % 2 == 0 },
    Row(text: "every third size, the multiples of 3 minus one") { $0 % 3 == 2 },
    Row(text: "every fifth size, those that leave 2 when divided by 5") { $0 % 5 == 2 },
    Row(text: "every seventh size, the multiples of 7") { $0 % 7 == 0 },
    Row(text: "every eighth size, the multiples of 8 minus one") { $0 % 8 == 7 },
    Row(text: "every 256th size, the multiples of 256 plus one", range: 42...5_000) {
      $0 % 256 == 1
    },
    Row(text: "all sizes that leave 0 to 15 when divided by 256", range: 42...5_000) {
      $0 % 256 < 16
    },
    Row(text: "all sizes that leave 250 to 255, or 0 to 3, when divided by 256", range: 42...5_000)
    {
      $0 % 256 >= 250 || $0 % 256 < 4
    },
  ]

  @Test("says the pattern", arguments: rows)
  func pattern(row: Row) throws {
    let played = MadeUpServer { value, _ in row.fails(value) }.play(
      SweepPlan(option: .envelopeSize, range: row.range))
    let conclusion = try #require(played.conclusion)
    #expect(conclusion.pattern?.text == row.text)
    #expect(conclusion.sentence.hasPrefix(row.text))
    #expect(conclusion.exitCode == 1)
  }

  @Test(
    "sees no pattern where there is none",
    arguments: [
      [513...513, 1025...1025], [700...1_460], [42...700], [300...420], [100...160, 900...960],
      [97...97, 331...331, 871...871],
    ])
  func none(failing: [ClosedRange<Int>]) throws {
    let played = MadeUpServer { value, _ in failing.contains { $0.contains(value) } }.play(
      SweepPlan(option: .envelopeSize, range: 42...1_460))
    #expect(try #require(played.conclusion).pattern == nil)
  }

  @Test("sees no pattern in failures that come and go")
  func chance() throws {
    for seed in 0..<40 {
      let played = MadeUpServer { value, session in
        scrambled(value &* 4_099 &+ session, seed: UInt64(seed)) % 3 == 0
      }.play(SweepPlan(option: .envelopeSize, range: 42...1_460))
      #expect(try #require(played.conclusion).pattern == nil)
    }
  }
}
