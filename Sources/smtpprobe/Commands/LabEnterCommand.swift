import ArgumentParser
import Glibc
import Lab
import SessionTrace
import Wire

/// `lab enter NAME COMMAND…`: any program inside a fixture's network, as its client.
struct LabEnterCommand: ParsableCommand, ReportsWhenEnded {
  static let configuration = CommandConfiguration(
    commandName: "enter",
    abstract: "Run any client, or a shell, inside the network of a fixture.",
    discussion: """
      The network exists in this process and in what it starts, and goes with them. The server \
      listens on the address and port that are printed first, on standard error.

      EXAMPLES
        smtpprobe lab enter pmtu-forward swaks --server 198.51.100.2 --to postmaster
        smtpprobe lab enter far-away tcpdump -ni router
        smtpprobe lab enter lossy
      """)

  @Flag(inversion: .prefixedNo, help: "Play the fault, or the same network without it.")
  var fault = true

  @Flag(name: .customShort("6"), help: "The server listens on IPv6.")
  var ipv6 = false

  @Argument(help: ArgumentHelp("The fixture's name or file.", valueName: "fixture"))
  var name: String

  @Argument(
    parsing: .captureForPassthrough,
    help: "The program and its arguments; your shell when there are none.")
  var command: [String] = []

  func run() throws {
    try reportingErrors {
      let fixture = try namedFixture(name)
      let loop = try EventLoop()
      let run = try LabRun(fixture, playsFault: fault, overIPv6: ipv6, loop: loop)
      try TextStream.standardError.print("listening \(run.server.endpoint) \(fixture.name)\n")
      if let nameServer = run.server.address.nameServer {
        try TextStream.standardError.print("names \(nameServer) \(fixture.name)\n")
      }
      throw ExitCode(Int32(try status(ofProgramOn: loop)))
    }
  }

  /// Serves until the program ends; signals are its business, which has the terminal.
  private func status(ofProgramOn loop: EventLoop) throws -> Int {
    let shell = unsafe getenv("SHELL").map { unsafe String(cString: $0) } ?? "/bin/sh"
    // What is passed through is passed through whole, the sign in front of it too.
    let words = command.first == "--" ? Array(command.dropFirst()) : command
    let program = try started(words.isEmpty ? [shell] : words)
    var hasEnded = false
    try program.watch(on: loop) { hasEnded = true }
    try loop.onSignals(EndingSignals.numbers) { _ in }
    try loop.run { hasEnded }
    return program.exitStatus() ?? Int(ExitStatus.bug.rawValue)
  }

  private func started(_ words: [String]) throws(ExitMessage) -> ChildProgram {
    do { return try ChildProgram(words, streams: .ours) } catch {
      throw ExitMessage(cannotRun: words.first ?? "", error)
    }
  }
}
