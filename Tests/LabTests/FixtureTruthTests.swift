import Testing

@testable import Lab

@Suite("What a fixture says of itself")
struct FixtureTruthTests {
  @Test("is read from the prose, which goes without it, and remembers its place")
  func stated() throws {
    let fixtures = try read("Shows: {shows}\nLooks like: {like}")
    #expect(
      fixtures.map(\.source) == ["me.", "me."]
        && fixtures.map(\.story) == ["It hangs.", "It hangs."])
    let truths = fixtures.map(\.truth)
    #expect(truths.map { $0.shows.map(\.text) } == [["A1", "e1"], []])
    #expect(truths.map { $0.looksLike.map(\.text) } == [[], ["P16"]])
    #expect(truths.allSatisfy { $0.isStated } && truths[1].looksLike.map(\.number) == [8])
  }

  @Test("may be nothing, which is not the same as not being said")
  func nothing() throws {
    #expect(try read("Shows: nothing").map(\.truth.isStated) == [true, true])
    #expect(try read("Shows:").map(\.truth.isStated) == [false, false])
    #expect(try read("It shows little.").map(\.truth.isStated) == [false, false])
  }

  @Test(
    "names the place of what it cannot mean",
    arguments: [
      ("Shows: A1\nShows: E1", "x.smtp:8: a second \"Shows:\""),
      ("Shows: nothing, A1", "x.smtp:7: \"nothing\" stands beside a cause"),
      ("Show: A1", "did you mean \"Shows:\"?"), ("Look like: A1", "did you mean \"Looks like:\"?"),
    ])
  func mistakes(truth: String, words: String) throws {
    let error = try #require(throws: FixtureError.self) { try read(truth) }
    #expect(error.description.contains(words), "\(error)")
  }

  private func read(_ truth: String) throws -> [Fixture] {
    let text = """
      Mine

      It hangs.

      Source: me.

      \(truth)

      Each:
          | name | shows  | like |
          | a    | A1, e1 |      |
          | b    |        | P16  |

      Run: --timeout 1s
          stalled@mail
      """
    return try parseFixtures(path: "x.smtp", text: text)
  }
}
