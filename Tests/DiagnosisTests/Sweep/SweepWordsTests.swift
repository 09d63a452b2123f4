import Diagnosis
import Testing

@Suite("The words of a sweep")
struct SweepWordsTests {
  @Test(
    "say what fails and what was tested",
    arguments: [
      (
        42...2600, [513...513, 1025...1025],
        "513 and 1025 fail; every multiple of 512 plus one up to 2561 was tested, and"
          + " 1537, 2049 and 2561 pass"
      ),
      (
        42...1100, [],
        "no tested value from 42 to 1100 fails; every multiple of 512 up to 1023, one less and one"
          + " more were tested"
      ),
      (1...3000, [2000...3000], "everything from 2000 up fails"),
      (1...3000, [1...1234], "everything up to 1234 fails"),
      (
        42...1100, [42...1100],
        "every tested value from 42 to 1100 fails alike (stalled@mail): the envelope size makes no"
          + " difference among them"
      ),
    ] as [(ClosedRange<Int>, [ClosedRange<Int>], String)])
  func sentence(range: ClosedRange<Int>, failing: [ClosedRange<Int>], sentence: String) throws {
    let server = MadeUpServer { value, _ in failing.contains { $0.contains(value) } }
    let conclusion = try #require(
      server.play(SweepPlan(option: .envelopeSize, range: range)).conclusion)
    #expect(conclusion.sentence == sentence)
  }

  @Test("claim every value only after an exhaustive sweep")
  func exhaustive() throws {
    let plan = SweepPlan(option: .envelopeSize, range: 42...641, isExhaustive: true)
    let conclusion = try #require(MadeUpServer(failing: [333]).play(plan).conclusion)
    #expect(conclusion.sentence == "333 fails; every value was tested")
    #expect(conclusion.limits.isEmpty)
  }
}
