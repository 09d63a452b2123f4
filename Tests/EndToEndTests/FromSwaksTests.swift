import FoundationEssentials
import Glibc
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
  func complete() throws {
    let manual = try ChildProcess.run(["swaks", "--help"], environment: ["PAGER": "cat"]).output
    var options: Set<String> = []
    for line in manual.split(separator: "\n") where line.hasPrefix("    -") {
      for word in line.split(whereSeparator: { $0 == " " || $0 == "," })
      where word.hasPrefix("-") && word != "-" && !word.contains("<") {
        options.insert(String(word))
      }
    }
    #expect(options.count > 90)
    let own = Set(OptionTable.all.flatMap(\.spellings)).union(["--version", "--help", "-h"])
    let known = Set(SwaksOption.all.flatMap(\.names))
    let missing = options.subtracting(own).filter { !known.contains(String($0.drop { $0 == "-" })) }
    #expect(missing.isEmpty, "\(missing.sorted())")
  }

  @Test("A server sees the same from either tool")
  func sameSession() async throws {
    var lab = try PlayedServers(["healthy", "healthy-starttls"])
    let blocks = try commandBlocks(of: "from-swaks").filter { $0.count == 2 }
      .filter { !$0[0].hasPrefix("smtpprobe") }
    #expect(blocks.count >= 7)
    for block in blocks {
      var seen: [[String]] = []
      for line in block {
        let run = try lab.run(line)
        #expect(run.status == 0, "\(line): \(run.output)\(run.errors)")
        seen.append(try lab.newCommands())
      }
      #expect(seen[0] == seen[1] && seen[0].count > 1, "\(block[0])")
    }
  }

  @Test(
    "The commands of pages about sessions end as they say",
    arguments: ["ci", "configuration", "from-swaks"])
  func commands(topic: String) throws {
    let lab = try PlayedServers(["healthy", "healthy-starttls"])
    let lines = try commandBlocks(of: topic).joined()
      .filter { !$0.contains("mx:example.com") && !$0.contains("ca.pem") }
    #expect(!lines.isEmpty)
    for line in lines {
      let run = try lab.run(line)
      #expect(run.status == 0, "\(line): \(run.output)\(run.errors)")
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

/// The commands of a page of the manual: the lines of each block of shell.
func commandBlocks(of topic: String) throws -> [[String]] {
  let page = try #require(ManualPage.page(on: topic)?.text)
  return page.split(separator: "```sh\n").dropFirst().map { block in
    (block.firstRange(of: "```").map { block[..<$0.lowerBound] } ?? block)
      .split(separator: "\n").map(String.init)
  }
}

/// Fixtures that are served while commands of the manual run: `mx.example.com` is the first, `tls.example.com`
/// the second.
struct PlayedServers: ~Copyable {
  private let server: ChildProcess
  private let folder: String
  private let addresses: [String]
  private var told = 0

  init(_ fixtures: [String]) throws {
    let folder = "/tmp/manual-commands-\(getpid())-\(UInt32.random(in: 0...UInt32.max))"
    for command in ["mkdir -p \(folder)", "ln -s \(Binary.path) \(folder)/smtpprobe"] {
      _ = try ChildProcess.run(["sh", "-c", command])
    }
    try "Subject: lunch\n\nAt one?\n".write(
      to: URL(filePath: folder + "/mail.eml"), atomically: true, encoding: .utf8)
    let server = try ChildProcess([Binary.path, "lab", "serve"] + fixtures)
    var lines: [Substring] = []
    for _ in 0..<1_000 where lines.count < fixtures.count {
      usleep(10_000)
      lines = server.output.split(separator: "\n").filter { $0.hasPrefix("listening ") }
    }
    try #require(lines.count == fixtures.count)
    self.folder = folder
    self.addresses = lines.map { String($0.split(separator: " ")[1]) }
    self.server = server
  }

  deinit { _ = try? ChildProcess.run(["rm", "-rf", folder]) }

  /// Runs a line by the shell, in a folder of its own with `mail.eml`.
  func run(_ line: String) throws -> ChildProcess.Outcome {
    var command = line
    for (name, address) in zip(["mx.example.com", "tls.example.com"], addresses) {
      command = command.replacing(name, with: address)
    }
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    return try ChildProcess.run(
      ["sh", "-c", "cd \(folder) && \(command)"], environment: ["PATH": folder + ":" + path])
  }

  /// What the servers were told since the last time: commands without what tools add of their own (the size that
  /// is announced, RSET before QUIT).
  mutating func newCommands() throws -> [String] {
    var commands: [String] = []
    // The log's end may be on its way.
    for _ in 0..<200 where commands.last?.contains("QUIT") != true {
      usleep(10_000)
      commands = server.output.split(separator: "\n").dropFirst(told).compactMap { line in
        let words = line.split(separator: " ", maxSplits: 2)
        return words.count == 3 && words[2].hasPrefix("command ")
          && !words[2].hasPrefix("command RSET")
          ? String(words[2].split(separator: " SIZE=")[0].replacing("\\r\\n", with: "")) : nil
      }
    }
    told = server.output.split(separator: "\n").count
    return commands
  }
}
