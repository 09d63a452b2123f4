import FoundationEssentials
import Glibc
import Manual
import TestSupport
import Testing

/// What the manual tells its readers to type.
@Suite("Commands of the manual")
struct ManualCommandsTests {
  @Test(
    "are carried out",
    arguments: [
      "quick-start", "targets", "from-swaks", "configuration", "reports", "whom-to-write", "sweep",
      "check", "diagnose", "causes", "compare", "json", "lab", "ci",
    ])
  func carriedOut(topic: String) async throws {
    let lab = try await PlayedServers(["healthy", "healthy-starttls"])
    for file in ["saved", "stalled", "by-hand"] {
      let saved = try lab.run("smtpprobe mx.example.com --silent -o \(file).json")
      try #require(saved.status == 0, "\(saved)")
    }
    let all: [String] = try commandBlocks(of: topic).flatMap { scripts(of: $0) }
    let lines = all.filter { !isElsewhere($0) }
    #expect(!lines.isEmpty)
    for line in lines {
      let run = try lab.run(line)
      #expect(run.status < 64, "\(line): \(run.output)\(run.errors)")
      // A session with a server in good health ends well.
      if line.contains(".example.com"), !line.contains("compare") {
        #expect(run.status == 0, "\(line)")
      }
    }
  }

  @Test("of the README are, too")
  func readme() async throws {
    let lab = try await PlayedServers(["healthy"])
    // The first one builds the program before it runs it.
    let all: [String] = try repositoryText(of: "README.md").split(separator: "\n").map { line in
      String(line.split(separator: "swift run ").last ?? "")
    }
    let lines = all.filter { $0.hasPrefix("smtpprobe ") && !isElsewhere($0) }
    #expect(lines.count >= 8)
    for line in lines {
      let run = try lab.run(line)
      #expect(run.status < 64, "\(line): \(run.output)\(run.errors)")
    }
  }

  /// What needs the world outside, a file of the reader's or another program, goes on until it is ended, or takes
  /// minutes; the tests of those commands themselves have it.
  private static let elsewhere = [
    "mx:example.com", "ca.pem", "exim.json", "own.smtp", "suite.txt --wait",
    "lab serve reseg-513 -p",
    "lab serve healthy-starttls", "lab enter", "lab check",
  ]

  private func isElsewhere(_ line: String) -> Bool {
    Self.elsewhere.contains { line.contains($0) }
  }

  /// What a shell is given at once: a line, or one with the file that stands behind it.
  private func scripts(of block: [String]) -> [String] {
    guard block.contains(where: { $0.contains("<<") }) else {
      // It has no part in what is shown by it.
      return block.map { $0.replacing("| jq .verdict", with: "") }
    }
    return [block.joined(separator: "\n")]
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
  private let folder: Folder
  private let addresses: [String]
  private var told = 0

  init(_ fixtures: [String]) async throws {
    let folder = try Folder()
    _ = try ChildProcess.run(["ln", "-s", Binary.path, "\(folder.path)/smtpprobe"])
    try "Subject: lunch\n\nAt one?\n".write(
      to: URL(filePath: folder.path + "/mail.eml"), atomically: true, encoding: .utf8)
    let server = try ChildProcess([Binary.path, "lab", "serve"] + fixtures)
    let lines = try await server.lines("listening ", count: fixtures.count)
    self.folder = folder
    self.addresses = lines.map { String($0.split(separator: " ")[1]) }
    self.server = server
  }

  /// Runs a line by the shell, in a folder of its own with `mail.eml`.
  func run(_ line: String) throws -> ChildProcess.Outcome {
    var command = line
    for (name, address) in zip(["mx.example.com", "tls.example.com"], addresses) {
      command = command.replacing(name, with: address)
    }
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    return try ChildProcess.run(
      ["sh", "-c", "cd \(folder.path) && \(command)"],
      environment: ["PATH": folder.path + ":" + path, "SMTPPROBE_CONFIG": ""])
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
