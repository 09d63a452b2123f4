import FoundationEssentials
import Manual
import SessionOptions
import TestSupport
import Testing

/// The manual's page for people who know another tool, against the other tools.
@Suite("From swaks, posttls-finger and curl")
struct FromSwaksTests {
  @Test("The manual lists every word of swaks that smtpprobe reads")
  func table() throws {
    let page = try #require(ManualPage.page(on: "from-swaks")?.text)
    let table = swaksReference().joined(separator: "\n") + "\n"
    if ProcessInfo.processInfo.environment["GOLDEN"] == "write" {
      let head = "| swaks | smtpprobe |\n| --- | --- |\n"
      let start = try #require(page.firstRange(of: head)).upperBound
      let end = try #require(page[start...].firstRange(of: "\n## posttls-finger")).lowerBound
      try (page[..<start] + table + page[end...]).write(
        to: URL(filePath: repositoryPath(of: "Sources/Manual/Embedded/04-from-swaks.md")),
        atomically: true, encoding: .utf8)
    }
    #expect(page.contains("| --- | --- |\n" + table))
  }

  @Test("Every option of swaks' manual page is one here, or told with what to use instead")
  func complete() async throws {
    let manual = try await ChildProcess.run(["swaks", "--help"], environment: ["PAGER": "cat"])
      .output
    var options: Set<String> = []
    // An option's heading: `-s, --server [<target-server>[:<port>]]`.
    for line in manual.split(separator: "\n") where line.starts(with: #/ {7,11}-/#) {
      options.formUnion(
        line.split { $0 == " " || $0 == "," }.prefix {
          $0.wholeMatch(of: #/--?[0-9a-zA-Z-]+/#) != nil
        }
        .map(String.init))
    }
    #expect(options.count > 90)
    let own = Set(OptionTable.all.flatMap(\.spellings)).union(["--version", "--help", "-h"])
    let known = Set(SwaksOption.all.flatMap(\.names))
    let missing = options.subtracting(own).filter { !known.contains(String($0.drop { $0 == "-" })) }
    #expect(missing.isEmpty, "\(missing.sorted())")
  }

  @Test("A server sees the same from either tool")
  func sameSession() async throws {
    var lab = try await PlayedServers()
    let blocks = try commandBlocks(of: "from-swaks").filter { $0.count == 2 }
      .filter { !$0[0].hasPrefix("smtpprobe") }
    #expect(blocks.count >= 19)
    for block in blocks {
      var seen: [[String]] = []
      for line in block {
        let run = try await lab.run(line)
        #expect(run.status == 0, "\(line): \(run.output)\(run.errors)")
        seen.append(try lab.newLog())
      }
      #expect(seen[0] == seen[1] && seen[0].count > 3, "\(block[0])")
    }
  }

  @Test("What somebody types who knows swaks is told with the mend, and nothing else")
  func mends() async throws {
    let run = try await Binary.run(["127.0.0.1:1", "--body", "hello"])
    #expect(run.status == 64 && run.output.isEmpty)
    #expect(run.errors.hasPrefix("smtpprobe: --body is swaks' way: "))
    #expect(run.errors.split(separator: "\n").count == 1)
    let routed = try await Binary.run(["--to", "a@example.org"])
    #expect(routed.status == 64 && routed.errors.contains("smtpprobe a@example.org goes where"))
  }
}
