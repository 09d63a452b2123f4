import ArgumentParser
import Glibc
import Lab
import Wire

/// `smtpprobe lab …`: the misbehaving servers by themselves.
struct LabCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lab", abstract: "Misbehaving servers to test against, for any client.",
    subcommands: [List.self, Show.self, Serve.self])

  /// `lab list`: every fixture with its family and its first line.
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "List the fixtures.")

    @Argument(help: "Only fixtures whose family or name contains this.")
    var filter: String?

    func run() throws {
      try reportingErrors {
        let fixtures = try library().fixtures.filter { fixture in
          filter.map { "\(fixture.family)/\(fixture.name)".contains($0) } ?? true
        }
        guard !fixtures.isEmpty else {
          throw ExitMessage(status: .noInput, text: "no fixture matches '\(filter ?? "")'")
        }
        var text = ""
        var family = ""
        let width = fixtures.map(\.name.count).max() ?? 0
        for fixture in fixtures {
          if fixture.family != family {
            text += (family.isEmpty ? "" : "\n") + fixture.family + "\n"
            family = fixture.family
          }
          let gap = String(repeating: " ", count: width - fixture.name.count + 2)
          text += "  " + fixture.name + gap + fixture.title + "\n"
        }
        try TextStream.standardOutput.print(text)
      }
    }
  }

  /// `lab show NAME`: the story of a fixture and its runs.
  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Tell a fixture's story, and what each of its runs must come out as.")

    @Argument(help: "The fixture's name.")
    var name: String

    func run() throws {
      try reportingErrors {
        let fixture = try library().fixture(named: name)
        var text = "\(fixture.name) - \(fixture.title)\n\n\(fixture.story)\n\n"
        text += "Source: \(fixture.source)\n\nRuns:\n"
        for run in fixture.runs {
          let fault = run.faultsEnabled ? "" : " --no-fault"
          let options = run.options.map { " " + $0 }.joined()
          let wanted = run.expectation.outcomes.map(\.description).joined(separator: " or ")
          text += "  smtpprobe lab:\(fixture.name)\(fault)\(options)\n      # \(wanted)\n"
        }
        try TextStream.standardOutput.print(text)
      }
    }
  }

  /// `lab serve NAME`: play a fixture until a signal comes.
  struct Serve: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Play a fixture on a port of this host, for any client; Ctrl-C ends it.")

    @Argument(help: "The fixture's name.")
    var name: String

    @Option(name: .shortAndLong, help: "Port; 0 lets the kernel choose.")
    var port = 0

    @Option(help: "Address to listen on.")
    var listen = "127.0.0.1"

    @Flag(inversion: .prefixedNo, help: "Play the fault, or the same server without it.")
    var fault = true

    @Flag(inversion: .prefixedNo, help: "Print one line for each thing that happens.")
    var log = true

    func validate() throws {
      guard (0...65_535).contains(port) else {
        throw ValidationError("--port \(port): give 0 to 65535.")
      }
    }

    func run() throws {
      try reportingErrors {
        let fixture = try library().fixture(named: name)
        let loop = try EventLoop()
        let server = try LabServer(
          fixture: fixture, loop: loop, endpoint: .ip(address: listen, port: port),
          faultsEnabled: fault, log: log ? LabLog { line in _ = printLine(line) } : nil)
        try TextStream.standardOutput.print("listening \(server.endpoint) \(fixture.name)\n")
        var signal: Int32?
        try loop.onSignals([SIGINT, SIGTERM]) { signal = $0 }
        try loop.run { signal != nil }
        server.stop()
      }
    }
  }
}

private func printLine(_ line: String) -> Bool {
  TextStream.standardOutput.write(Array((line + "\n").utf8)) == nil
}

/// The fixtures in this binary; a fault in one of them is a bug of ours.
func library() throws -> FixtureLibrary {
  do {
    return try FixtureLibrary.embedded()
  } catch {
    throw ExitMessage(status: .bug, text: error.description)
  }
}
