import FoundationEssentials
import TestSupport
import Testing

/// What the README shows to whoever writes a fixture.
@Suite("The README")
struct ReadmeTests {
  @Test("has a fixture in it that does what it says")
  func example() async throws {
    let root = "\(#filePath)".split(separator: "/").dropLast(3).map { "/" + $0 }.joined()
    let readme = try String(contentsOf: URL(filePath: root + "/README.md"), encoding: .utf8)
    let start = try #require(readme.firstRange(of: "`busy.smtp`:\n\n```\n"))
    let rest = readme[start.upperBound...]
    let end = try #require(rest.firstRange(of: "\n```\n"))
    let file = try OwnFixture(String(rest[..<end.lowerBound]))
    let check = try await Binary.run(["lab", "check", file.path])
    #expect(check.status == 0, "\(check.output)\(check.errors)")
    #expect(check.output.contains("3 runs: 3 as wanted"))
  }
}
