import Testing

@testable import Lab

@Suite("The reference of the fixture language")
struct LanguageReferenceTests {
  @Test("It names every phrase that is understood")
  func complete() {
    let reference = textOnDisk("Sources/Manual/Embedded/15-fixture-language.md")
    let patterns =
      eventPhrases.map { "(\($0.pattern))" } + directionPhrases.map(\.pattern)
      + settingPhrases.map(\.pattern) + middleboxPhrases.map(\.pattern)
      + promisePhrases.map(\.pattern) + provisoPhrases.map(\.pattern)
      + weaknessPhrases.map(\.pattern) + FixtureFile.sectionWords + FixtureTruth.headings
      + knownVerbs
      + LedgerTotal.allCases.map(\.rawValue) + LedgerFact.Relation.allCases.map(\.rawValue)
    for pattern in patterns {
      #expect(reference.contains(pattern), "\(pattern)")
    }
  }

  @Test("Its example is a fixture")
  func example() throws {
    let reference = textOnDisk("Sources/Manual/Embedded/15-fixture-language.md")
    let example = reference.split(separator: "```\n").dropFirst().first.map(String.init) ?? ""
    let fixture = try #require(try parseFixtures(path: "x/example.smtp", text: example).first)
    #expect(fixture.runs.map(\.name) == ["run", "control"])
    #expect(fixture.faulty.rules.map(\.directions) == [[.fallSilent]])
  }
}
