import FoundationEssentials
import TestSupport
import Testing

/// What the README shows to whoever writes a fixture.
@Suite("The README")
struct ReadmeTests {
  @Test("has a fixture in it that does what it says")
  func example() async throws {
    let readme = try repositoryText(of: "README.md")
    let start = try #require(readme.firstRange(of: "`busy.smtp`:\n\n```\n"))
    let rest = readme[start.upperBound...]
    let end = try #require(rest.firstRange(of: "\n```\n"))
    let file = try OwnFixture(String(rest[..<end.lowerBound]))
    let check = try await Binary.run(["lab", "check", file.path])
    #expect(check.status == 0, "\(check.output)\(check.errors)")
    #expect(check.output.contains("3 runs: 3 as wanted"))
  }

  @Test("and the program have one reference of the fixture language")
  func reference() async throws {
    let path = "Sources/Lab/Lab.docc/FixtureLanguage.md"
    #expect(try repositoryText(of: "README.md").contains("(\(path))"))
    #expect(try await Binary.run(["lab", "language"]).output == repositoryText(of: path))
  }
}

/// A file of the repository.
func repositoryText(of path: String) throws -> String {
  let root = "\(#filePath)".split(separator: "/").dropLast(3).map { "/" + $0 }.joined()
  return try String(contentsOf: URL(filePath: "\(root)/\(path)"), encoding: .utf8)
}
