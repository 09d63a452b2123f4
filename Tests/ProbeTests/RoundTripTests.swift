import Diagnosis
import SMTPDialogue
import SessionOptions
import SessionTrace
import TLSEngine
import Testing

@testable import Probe
@testable import Simulation

/// Time is counted in round trips where everything else is quick: a session takes no more of them than the
/// protocol has.
@Suite("Round trips of a session")
struct RoundTripTests {
  /// From each end to the other; what a program takes is far less.
  private static let oneWay: Microseconds = .milliseconds(100)

  struct Row: CustomStringConvertible, Sendable {
    var description: String
    /// What has to come before what follows it can leave.
    var trips: [String]
    var status = SessionStatus.ok
    var change: @Sendable (inout Scenario) throws -> Void
  }

  private static let clear = ["connect", "greeting", "EHLO"]
  private static let implicit = ["connect", "ClientHello", "Finished", "EHLO"]
  private static let startTLS = clear + ["STARTTLS", "ClientHello", "EHLO"]

  private static func secured(_ scenario: inout Scenario, byCommand: Bool) throws {
    scenario.server.credentials = try ServerCredentials.selfSigned(
      commonName: "sim", names: ["sim"])
    scenario.server.offersStartTLS = byCommand
    scenario.pipelining = .auto
  }

  static let rows: [Row] = [
    Row(
      description: "one command at a time, three recipients",
      trips: clear + ["MAIL", "RCPT", "RCPT", "RCPT", "DATA", "dot", "QUIT"]
    ) { $0.recipients = 3 },
    Row(
      description: "one command at a time, left without QUIT",
      trips: clear + ["MAIL", "RCPT", "DATA", "dot"]
    ) { $0.dropsAtEnd = true },
    Row(
      description: "pipelining, three recipients", trips: clear + ["envelope", "dot", "QUIT"]
    ) {
      $0.pipelining = .auto
      $0.recipients = 3
    },
    Row(description: "pipelining, left without QUIT", trips: clear + ["envelope", "dot"]) {
      $0.pipelining = .auto
      $0.dropsAtEnd = true
    },
    Row(description: "QUIT with the end of the message", trips: clear + ["envelope", "dot QUIT"]) {
      $0.pipelining = .auto
      $0.quitsEarly = true
    },
    Row(
      description: "EHLO before the greeting",
      trips: ["connect", "greeting EHLO", "envelope", "dot", "QUIT"]
    ) {
      $0.pipelining = .auto
      $0.pregreet = true
    },
    Row(description: "pipelining and no message", trips: clear + ["envelope"]) {
      $0.pipelining = .auto
      $0.message = nil
    },
    Row(
      description: "no recipient accepted", trips: clear + ["envelope", "RSET QUIT"],
      status: .rejected
    ) {
      $0.pipelining = .auto
      $0.server.recipients = [550]
    },
    Row(
      description: "the message in one chunk", trips: clear + ["MAIL RCPT", "BDAT", "QUIT"]
    ) {
      $0.pipelining = .auto
      $0.server.offersChunking = true
      $0.chunking = ChunkingPlan(mode: .auto)
    },
    Row(
      description: "the message in one chunk with the envelope",
      trips: clear + ["envelope BDAT", "QUIT"]
    ) {
      $0.pipelining = .auto
      $0.server.offersChunking = true
      $0.chunking = ChunkingPlan(mode: .early)
    },
    // Each waits for its reply, as the plan of chunks has it.
    Row(
      description: "three chunks, one command at a time",
      trips: clear + ["MAIL", "RCPT", "BDAT", "BDAT", "BDAT", "QUIT"]
    ) {
      $0.server.offersChunking = true
      $0.chunking = ChunkingPlan(mode: .auto, size: 8)
    },
    Row(
      description: "implicit TLS, pipelining", trips: implicit + ["envelope", "dot", "QUIT"]
    ) { try secured(&$0, byCommand: false) },
    Row(
      description: "implicit TLS, one command at a time, left without QUIT",
      trips: implicit + ["MAIL", "RCPT", "DATA", "dot"]
    ) {
      try secured(&$0, byCommand: false)
      $0.pipelining = .off
      $0.dropsAtEnd = true
    },
    Row(
      description: "STARTTLS, pipelining", trips: startTLS + ["envelope", "dot", "QUIT"]
    ) { try secured(&$0, byCommand: true) },
    Row(
      description: "STARTTLS, QUIT with the end of the message",
      trips: startTLS + ["envelope", "dot QUIT"]
    ) {
      try secured(&$0, byCommand: true)
      $0.quitsEarly = true
    },
    Row(
      description: "STARTTLS and one chunk", trips: startTLS + ["MAIL RCPT", "BDAT", "QUIT"]
    ) {
      try secured(&$0, byCommand: true)
      $0.server.offersChunking = true
      $0.chunking = ChunkingPlan(mode: .auto)
    },
  ]

  @Test("are as many as the protocol has", arguments: rows.indices)
  func counted(index: Int) throws {
    let row = Self.rows[index]
    var scenario = Scenario.honest
    try row.change(&scenario)
    scenario.there.delay = Self.oneWay
    scenario.back.delay = Self.oneWay
    scenario.transport.connectDelay = 2 * Self.oneWay
    scenario.transport.cutsReads = false
    let trial = try Trial(scenario)
    #expect(trial.verdict.status == row.status, "\(row): \(trial.verdict.summary)")
    // The simulated greeting leaves with the SYN-ACK, half a round trip before a real one; a quarter is
    // more than all that the programs take.
    let trip = 2 * Self.oneWay
    let trips = (trial.trace.duration + trip - 1 - trip / 4) / trip
    #expect(Int(trips) == row.trips.count, "\(row): \(trial.trace.duration) µs")
  }
}
