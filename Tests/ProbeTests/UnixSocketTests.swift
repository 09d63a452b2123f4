import SessionOptions
import Diagnosis
import Glibc
import SMTPDialogue
import SessionTrace
import Testing
import Wire

@testable import Probe

/// Sessions on real UNIX sockets, whose kernel has no error queue, no segments and no acknowledgements.
@Suite("Sessions on UNIX sockets")
struct UnixSocketTests {
  /// What the server does instead of answering the command, or the greeting, with that number.
  enum Fault: String, CaseIterable, Sendable {
    case none, silence, closes, leavesUnread, refuses, breaksOff, stopsReading
  }

  struct Row: Sendable, CustomTestStringConvertible {
    var fault: Fault
    /// 0 is the greeting, 1 EHLO, 2 MAIL, 3 RCPT, 4 DATA, 5 the message.
    var at = 0
    var status: SessionStatus
    var stage: Stage
    var custody: Custody?
    var words: String
    var testDescription: String { "\(fault.rawValue) instead of reply \(at)" }
  }

  static let rows: [Row] = [
    Row(fault: .none, status: .ok, stage: .quit, words: "the message (6 bytes) was accepted"),
    Row(
      fault: .silence, at: 0, status: .stalled, stage: .banner, custody: .peerSilent,
      words: "connected, but the server sent no greeting within"),
    Row(
      fault: .silence, at: 1, status: .stalled, stage: .ehlo, custody: .acknowledgedUnanswered,
      words: "1 command sent in one write of 24 bytes, all read by the server's program"),
    Row(
      fault: .silence, at: 3, status: .stalled, stage: .rcpt, custody: .acknowledgedUnanswered,
      words: "all read by the server's program, 1 answered"),
    Row(
      fault: .silence, at: 5, status: .stalled, stage: .dot, custody: .acknowledgedUnanswered,
      words: "all 92 bytes read by the server's program"),
    Row(
      fault: .closes, at: 0, status: .closed, stage: .banner, custody: .peerSilent,
      words: "the peer closed its socket before its greeting"),
    Row(
      fault: .closes, at: 1, status: .closed, stage: .ehlo, custody: .acknowledgedUnanswered,
      words: "the peer closed its socket before its reply to EHLO"),
    Row(
      fault: .leavesUnread, at: 1, status: .reset, stage: .ehlo, custody: .acknowledgedUnanswered,
      words: "not all of it read"),
    Row(
      fault: .refuses, at: 2, status: .rejected, stage: .mail,
      words: "MAIL FROM was answered 550 no"),
    Row(
      fault: .breaksOff, at: 1, status: .stalled, stage: .ehlo, custody: .replyCutShort,
      words: "began and did not end (5 bytes)"),
    Row(
      fault: .stopsReading, at: 1, status: .stalled, stage: .ehlo, custody: .acknowledgedUnanswered,
      words: "in the server's socket, not all of it read"),
  ]

  @Test("A session goes as it would over TCP, and its words are those of a socket", arguments: rows)
  func session(row: Row) throws {
    let trace = try play(row.fault, at: row.at)
    let found = verdict(of: trace)
    #expect(found.status == row.status)
    #expect(found.stage == row.stage)
    #expect(found.custody == row.custody)
    #expect(found.summary.contains(row.words), "\(found.summary)")
    for word in ["FIN", "acknowledged", "segment", "window", "port", "RST"] {
      #expect(!found.summary.contains(word), "\(found.summary)")
    }
    let ledger = found.ledger
    #expect(ledger.answered <= ledger.acknowledged && ledger.acknowledged == ledger.written)
    #expect(ledger.unsent == 0)
    #expect(trace.target.isUnixSocket)
    #expect(hazards(of: trace).isEmpty)
    #expect(environmentFindings(of: trace, verdict: found).isEmpty)
  }

  @Test("A socket that nobody reads and that is full is a peer that does not read")
  func full() throws {
    let trace = try play(.stopsReading, at: 5, message: 3_000_000)
    let found = verdict(of: trace)
    #expect(found.status == .stalled)
    #expect(found.stage == .body)
    #expect(found.custody == .windowClosed)
    #expect(found.summary.contains("the server's socket is full"))
  }

  @Test("A socket that is not there is told by its path, and no other address is advised")
  func absent() throws {
    var plan = try plan(for: "/nonexistent/socket", message: 6)
    plan.target.given = "unix:/nonexistent/socket"
    let trace = try run(plan, on: EventLoop())
    let found = verdict(of: trace)
    #expect(found.status == .unreachable)
    #expect(found.summary.hasPrefix("no connection to the socket /nonexistent/socket: ENOENT"))
    #expect(advice(on: trace, verdict: found).isEmpty)
  }

  private func plan(for path: String, message: Int) throws -> SessionPlan {
    var plan = try Scenario.honest.with {
      $0.message = [UInt8](repeating: 0x61, count: message - 2) + [0x0D, 0x0A]
      $0.pipelining = .on
      $0.recipients = 1
    }.plan()
    plan.target = TargetPlan(given: "unix:" + path, place: .unix(path: path), port: 25)
    plan.timeouts.reply = .fixed(.milliseconds(300))
    return plan
  }

  private func run(_ plan: SessionPlan, on loop: EventLoop) throws -> Trace {
    var result: Trace?
    let session = Session(plan: plan, network: KernelNetwork(loop: loop)) { result = $0 }
    session.start()
    let end = loop.now + .seconds(20)
    _ = loop.schedule(at: end) {}
    try loop.run { result != nil || loop.now >= end }
    return try #require(result)
  }

  private func play(_ fault: Fault, at number: Int, message: Int = 6) throws -> Trace {
    let path = "/tmp/smtpprobe-session-\(UInt64.random(in: 0 ... .max)).sock"
    let loop = try EventLoop()
    let listener = try Listener(loop: loop, endpoint: .unix(path: path))
    defer { listener.close() }
    var server: UnixServer?
    listener.onAccept = { server = UnixServer($0, fault, at: number) }
    let trace = try run(plan(for: path, message: message), on: loop)
    server?.socket.close()
    return trace
  }
}

/// A server that reads lines and answers them, up to its fault.
private final class UnixServer {
  let socket: StreamSocket
  private let fault: UnixSocketTests.Fault
  private let number: Int
  private var said = 0
  private var input: [UInt8] = []
  private var isInContent = false
  private var isDone = false

  init(_ socket: StreamSocket, _ fault: UnixSocketTests.Fault, at number: Int) {
    self.socket = socket
    self.fault = fault
    self.number = number
    socket.onReady = { [weak self] _ in self?.look() }
    answer("220 mx\r\n")
  }

  private func look() {
    if isStopped { return socket.setInterest(reading: false, writing: false) }
    if fault == .leavesUnread, said == number { return socket.close() }
    while case .bytes(let bytes, _) = socket.read() {
      input += bytes
      while let line = takeLine() { take(line) }
      if isStopped { return }
    }
  }

  /// Stops before it reads the command that it will not answer.
  private var isStopped: Bool { isDone || fault == .stopsReading && said == number }

  private func takeLine() -> String? {
    guard let end = input.firstIndex(of: 0x0A) else { return nil }
    defer { input.removeFirst(end + 1) }
    return String(decoding: input[...end].filter { $0 >= 0x20 }, as: UTF8.self)
  }

  private func take(_ line: String) {
    if isInContent {
      guard line == "." else { return }
      isInContent = false
      return answer("250 queued\r\n")
    }
    switch line.prefix(4) {
    case "EHLO": answer("250-mx\r\n250 PIPELINING\r\n")
    case "DATA":
      answer("354 go\r\n")
      isInContent = true
    case "QUIT": answer("221 bye\r\n")
    default: answer("250 ok\r\n")
    }
  }

  private func answer(_ text: String) {
    defer { said += 1 }
    guard said == number, !isDone else {
      if !isDone { _ = socket.write(Array(text.utf8)[...]) }
      return
    }
    switch fault {
    case .none, .leavesUnread, .stopsReading: _ = socket.write(Array(text.utf8)[...])
    case .silence: isDone = true
    case .closes:
      isDone = true
      socket.close()
    case .refuses: _ = socket.write(Array("550 no\r\n".utf8)[...])
    case .breaksOff:
      isDone = true
      _ = socket.write(Array("250-m".utf8)[...])
    }
  }
}
