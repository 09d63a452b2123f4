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
    let lab = try await PlayedServers()
    for file in ["saved", "stalled", "by-hand"] {
      let saved = try await lab.run("smtpprobe mx.example.com --silent -o \(file).json")
      try #require(saved.status == 0, "\(saved)")
    }
    let all: [String] = try commandBlocks(of: topic).flatMap { scripts(of: $0) }
    let lines = all.filter { !isElsewhere($0) }
    #expect(!lines.isEmpty)
    for line in lines {
      let run = try await lab.run(line)
      #expect(run.status < 64, "\(line): \(run.output)\(run.errors)")
      // A session with a server in good health ends well.
      if line.contains(".example.com"), !line.contains("compare") {
        #expect(run.status == 0, "\(line)")
      }
    }
  }

  @Test("of the README are, too")
  func readme() async throws {
    let lab = try await PlayedServers()
    // The first one builds the program before it runs it.
    let all: [String] = try repositoryText(of: "README.md").split(separator: "\n").map { line in
      String(line.split(separator: "swift run ").last ?? "")
    }
    let lines = all.filter { $0.hasPrefix("smtpprobe ") && !isElsewhere($0) }
    #expect(lines.count >= 8)
    for line in lines {
      let run = try await lab.run(line)
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

/// Fixtures that are served while commands of the manual run, each for one of its hosts.
struct PlayedServers: ~Copyable {
  private let server: ChildProcess
  private let socket: ChildProcess
  private let folder: Folder
  private let addresses: [String]
  private var told = 0

  /// Hosts of the manual, and who plays them; the socket is the last's.
  private static let fixtures = [
    ("mx.example.com", "healthy"), ("tls.example.com", "healthy-starttls"),
    ("auth.example.com", "healthy-challenge"), ("relay.example.com", "healthy-xclient"),
    ("lda.example.com", "healthy-lmtp"),
  ]
  private static let socketOfManual = "/var/lda.sock"

  /// What lies in the folder where commands run.
  private static let files = [
    "mail.eml": "Subject: lunch\n\nAt one?\n", "password": "not a secret",
    "eicar.txt": "a virus\n", "gtube.txt": "an advertisement\n",
    "recipients": "user@example.com\nsomebody@example.com\n",
  ]

  init() async throws {
    let folder = try Folder()
    _ = try await ChildProcess.run(["ln", "-s", Binary.path, "\(folder.path)/smtpprobe"])
    for (name, text) in Self.files {
      try text.write(
        to: URL(filePath: "\(folder.path)/\(name)"), atomically: true, encoding: .utf8)
    }
    let server = try ChildProcess([Binary.path, "lab", "serve"] + Self.fixtures.map(\.1))
    let lines = try await server.lines("listening ", count: Self.fixtures.count)
    let addresses = lines.map { String($0.split(separator: " ")[1]) }
    let socket = try ChildProcess([
      "python3", "-u", "-c", Self.bridge, "\(folder.path)/lda.sock", addresses.last ?? "",
    ])
    _ = try await socket.lines("ready", count: 1)
    self.folder = folder
    self.addresses = addresses
    self.server = server
    self.socket = socket
  }

  /// From a socket in the file system to an address, one connection after the other.
  private static let bridge = """
    import socket, sys, threading
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(sys.argv[1])
    listener.listen()
    print("ready")
    def pass_on(one, other):
        while data := one.recv(65536):
            other.sendall(data)
        other.shutdown(socket.SHUT_WR)
    while True:
        client, _ = listener.accept()
        host, port = sys.argv[2].rsplit(":", 1)
        server = socket.create_connection((host, int(port)))
        other = threading.Thread(target=pass_on, args=(server, client))
        other.start()
        pass_on(client, server)
        other.join()
        client.close()
        server.close()
    """

  /// Runs a line by the shell, in a folder of its own with the files.
  func run(_ line: String) async throws -> ChildProcess.Outcome {
    var command = line.replacing(Self.socketOfManual, with: "\(folder.path)/lda.sock")
    for ((name, _), address) in zip(Self.fixtures, addresses) {
      command = command.replacing(name, with: address)
    }
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    return try await ChildProcess.run(
      ["sh", "-c", "cd \(folder.path) && \(command)"],
      environment: ["PATH": folder.path + ":" + path, "SMTPPROBE_CONFIG": ""])
  }

  /// What the servers' log has since the last time: commands, sizes of messages, TLS, replies, each by
  /// themselves, since commands that leave together come before all of their replies. Without what tools add of
  /// their own: the size that is announced, RSET before QUIT.
  mutating func newLog() throws -> [String] {
    var events: [(name: String, text: String)] = []
    func number(of name: String) -> Int { events.count { $0.name == name } }
    // The log's end may be on its way.
    for _ in 0..<200 where events.isEmpty || number(of: "open") > number(of: "close") {
      usleep(10_000)
      events = server.output.split(separator: "\n").dropFirst(told).map { (line: Substring) in
        let words: [Substring] = line.split(separator: " ", maxSplits: 3)
        return (String(words.count > 2 ? words[2] : ""), String(words.count > 3 ? words[3] : ""))
      }
    }
    told = server.output.split(separator: "\n").count
    var log: [String] = []
    for name in ["command", "content", "tls", "reply"] {
      for event in events where event.name == name {
        let text = event.text.split(separator: " SIZE=").first.map(String.init) ?? ""
        log.append("\(name) \(text.replacing("\\r\\n", with: ""))")
      }
    }
    return log.filter { !["command RSET", "reply 250 2.0.0 Ok"].contains($0) }
  }
}
