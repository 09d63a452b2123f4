import TestSupport
import Testing

/// No verdict may depend on how reads fall: a server that does the same is told the same.
@Suite("smtp-sink")
struct SinkTests {
  /// A way of failing, and what is true of it.
  struct Mode: CustomTestStringConvertible, Sendable {
    let options: [String]
    let told: String

    var testDescription: String { options.joined(separator: " ") }

    /// Failing instead of the reply to a command, or with it.
    static let atCommands = [
      "connect", "ehlo", "helo", "mail", "rcpt", "data", ".", "rset", "quit",
    ]
    .flatMap { command in
      [("-q", "closed"), ("-r", "deferred"), ("-f", "rejected"), ("-Q", "deferred")].map {
        Mode(options: [$0, command], told: fate(of: command, $1, isLeaving: $0 == "-Q"))
      }
    }

    static let all =
      atCommands + [
        // It says 354 and 550 and leaves, at once or a second later.
        Mode(options: ["-A", "0"], told: "rejected@dot"),
        Mode(options: ["-A", "1"], told: "rejected@dot"),
        Mode(options: ["-p"], told: "ok@quit"), Mode(options: ["-e"], told: "ok@quit"),
        Mode(options: ["-8"], told: "ok@quit"), Mode(options: ["-w", "1"], told: "ok@quit"),
      ]

    private static func fate(of command: String, _ status: String, isLeaving: Bool) -> String {
      switch command {
      // No delivery says them.
      case "helo", "rset": "ok@quit"
      // HELO is tried next, unless the server has gone.
      case "ehlo": status == "closed" || isLeaving ? "\(status)@ehlo" : "ok@quit"
      case "quit": status == "closed" ? "closed@quit" : "ok@quit"
      case "connect": "\(status)@banner"
      case ".": "\(status)@dot"
      default: "\(status)@\(command)"
      }
    }
  }

  private static let ports = Result { try Sink.ports(Mode.all.count) }

  @Test(
    "fails twenty times in one way, and is told of in one way",
    arguments: Mode.all.enumerated().map { ($0, $1) })
  func isToldAlike(_ number: Int, _ mode: Mode) async throws {
    let sink = try Sink(mode.options, port: try Self.ports.get()[number])
    #expect(try await sink.isListening())
    let arguments = [
      sink.address, "--message-size", "5000", "--timeout", "20s", "--format", "json",
    ]
    var told: Set<String> = []
    for _ in 0..<20 {
      let verdict = try ToldReport(try await Binary.run(arguments).output).verdict
      #expect(verdict.ledger.isInOrder, "\(verdict.ledger)")
      told.insert("\(verdict.status)@\(verdict.stage)")
    }
    #expect(told == [mode.told])
  }
}
