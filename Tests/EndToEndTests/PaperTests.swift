import FoundationEssentials
import Manual
import TestSupport
import Testing

/// README and manual, from the outside.
@Suite("README and manual")
struct PaperTests {
  @Test("show a fixture that does what it says")
  func example() async throws {
    let page = try #require(ManualPage.page(on: "writing-a-fixture")?.text)
    let start = try #require(page.firstRange(of: "`busy.smtp`:\n\n```\n"))
    let rest = page[start.upperBound...]
    let end = try #require(rest.firstRange(of: "\n```\n"))
    let file = try OwnFixture(String(rest[..<end.lowerBound]))
    let check = try await Binary.run(["lab", "check", file.path])
    #expect(check.status == 0, "\(check.output)\(check.errors)")
    #expect(check.output.contains("3 runs: 3 as wanted"))
  }

  @Test("The README is short, and lists every page of the manual")
  func readme() throws {
    let readme = try repositoryText(of: "README.md")
    #expect(readme.split(separator: "\n", omittingEmptySubsequences: false).count <= 200)
    for page in ManualPage.all {
      #expect(readme.contains("[`\(page.topic)`](Sources/Manual/Embedded/"), "\(page.topic)")
      #expect(readme.contains("| \(page.title) |"), "\(page.title)")
    }
  }

  @Test("Every page is printed by its topic", arguments: ManualPage.all.map(\.topic))
  func prints(topic: String) async throws {
    let page = try #require(ManualPage.page(on: topic))
    let run = try await Binary.run(["manual", topic])
    #expect(run.status == 0 && run.output == page.text)
    #expect(try await Binary.run(["manual"]).output.contains("\(topic) "))
  }

  @Test("A topic that does not exist is told with those that do")
  func unknownTopic() async throws {
    let run = try await Binary.run(["manual", "exit-statu"])
    #expect(run.status == 64 && run.output.isEmpty)
    #expect(run.errors.contains("exit-statu") && run.errors.contains("exit-status"))
  }

  @Test("The reference of the fixture language is a page of the manual")
  func reference() async throws {
    let page = try #require(ManualPage.page(on: "fixture-language")?.text)
    #expect(try await Binary.run(["lab", "language"]).output == page)
  }

  @Test("Every link leads to a file of the repository", arguments: ["README.md"] + pagePaths)
  func links(path: String) throws {
    let folder = path.split(separator: "/").dropLast().map { $0 + "/" }.joined()
    for part in try repositoryText(of: path).split(separator: "](").dropFirst() {
      let link = part.prefix { $0 != ")" }.prefix { $0 != "#" }
      guard !link.isEmpty, !link.hasPrefix("http") else { continue }
      #expect(FileManager.default.fileExists(atPath: repositoryPath(of: folder + link)), "\(link)")
    }
  }

  private static let pagePaths =
    ((try? FileManager.default.contentsOfDirectory(
      atPath: repositoryPath(of: "Sources/Manual/Embedded"))) ?? [])
    .map { "Sources/Manual/Embedded/" + $0 }
}

/// Where a file of the repository is.
func repositoryPath(of path: some StringProtocol) -> String {
  Repository.path + "/" + path
}

/// A file of the repository.
func repositoryText(of path: String) throws -> String {
  try String(contentsOf: URL(filePath: repositoryPath(of: path)), encoding: .utf8)
}
