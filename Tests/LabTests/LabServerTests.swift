import SessionTrace
import TLSEngine
import Testing
import Wire

@testable import Lab

@Suite("Fixtures on real sockets")
struct LabServerTests {
  @Test(
    "The 513-byte envelope is lost, its neighbours pass, all of it acknowledged",
    arguments: [(512, 18), (513, 0), (514, 18), (1024, 18), (1025, 8), (1026, 18)])
  func reseg(size: Int, replies: Int) throws {
    let stage = try Stage("reseg-513")
    let client = try RawClient(stage.server, loop: stage.loop)
    client.send("EHLO c\r\n")
    try client.wait(for: "250 ENHANCEDSTATUSCODES\r\n")
    let before = client.text.utf8.count
    client.send(envelope(size: size, commands: 18))
    try stage.loop.run { stage.events.contains { $0.hasSuffix(" read \(size)") } }
    let expected = replies == 18 ? "354 " : replies == 0 ? "" : "250 2.1.5"
    if !expected.isEmpty { try client.wait(for: expected) }
    #expect(stage.events.filter { $0.contains(" command ") }.count - 1 == replies)
    #expect(client.text.dropFirst(before).split(separator: "\r\n").count == replies)
    // The last acknowledgement may be delayed, and wakes nobody.
    try stage.turn { client.facts.outstanding == 0 }
  }

  @Test("Without its fault, the fixture is sound")
  func withoutFault() throws {
    let stage = try Stage("reseg-513", faultsEnabled: false)
    let client = try RawClient(stage.server, loop: stage.loop)
    client.send("EHLO c\r\n")
    try client.wait(for: "250 ENHANCEDSTATUSCODES\r\n")
    client.send(envelope(size: 513, commands: 18))
    try client.wait(for: "354 ")
  }

  @Test("The greeting of seed 002 comes in two reads")
  func greeting() throws {
    let stage = try Stage("greeting-in-two")
    let client = try RawClient(stage.server, loop: stage.loop)
    try client.wait(for: "ready\r\n")
    #expect(
      client.reads.map { String(decoding: $0, as: UTF8.self) } == [
        "220 smtp.tele.fi ", "ZMailer Server 2.99.51 ESMTP ready\r\n",
      ])
  }

  @Test(
    "FIN is FIN and RST is RST",
    arguments: [
      ("fin-at-banner", "", "FIN"), ("rst-at-banner", "", "ECONNRESET"),
      ("fin-at-mail", "EHLO c\r\nMAIL FROM:<>\r\nRCPT TO:<a>\r\nDATA\r\n", "FIN"),
      ("rst-at-mail", "EHLO c\r\nMAIL FROM:<>\r\nRCPT TO:<a>\r\nDATA\r\n", "ECONNRESET"),
      ("leaves-with-421", "EHLO c\r\nMAIL FROM:<>\r\nRCPT TO:<a>\r\nDATA\r\n", "FIN"),
      ("healthy", "EHLO c\r\nQUIT\r\n", "FIN"),
    ])
  func endings(fixture: String, input: String, ending: String) throws {
    let stage = try Stage(fixture)
    let client = try RawClient(stage.server, loop: stage.loop)
    if !input.isEmpty { client.send(input) }
    try client.waitForEnd()
    #expect(client.ending == ending)
    client.close()
    try stage.loop.run { stage.server.openCount == 0 }
  }

  @Test("The 552 waits behind the reset")
  func replyBehindReset() throws {
    let stage = try Stage("size-limit-552")
    let client = try RawClient(stage.server, loop: stage.loop)
    client.send("EHLO c\r\nMAIL FROM:<>\r\nRCPT TO:<a>\r\nDATA\r\n")
    try client.wait(for: "354 ")
    client.send([UInt8](repeating: 65, count: 300_000))
    try client.wait(for: "552 5.3.4")
    try client.waitForEnd()
    #expect(client.ending == "ECONNRESET")
  }

  @Test("A silent server reads and acknowledges, and says nothing")
  func silence() throws {
    let stage = try Stage("silent-at-mail")
    let client = try RawClient(stage.server, loop: stage.loop)
    client.send("EHLO c\r\n")
    try client.wait(for: "250 ENHANCEDSTATUSCODES\r\n")
    let before = client.text
    client.send("MAIL FROM:<>\r\nRCPT TO:<a>\r\nDATA\r\n")
    try stage.loop.run { stage.events.contains { $0.contains("rule line") } }
    client.send("NOOP\r\n")
    try stage.loop.run { stage.events.last?.hasSuffix(" read 6") ?? false }
    #expect(client.text == before)
  }

  @Test("A hung server outlasts a client that half-closes, and not one that has gone")
  func halfClose() throws {
    let stage = try Stage("silent-at-mail")
    let client = try RawClient(stage.server, loop: stage.loop)
    client.send("EHLO c\r\nMAIL FROM:<>\r\n")
    client.finish()
    try stage.loop.run { stage.events.contains { $0.hasSuffix(" end-of-stream") } }
    // Longer than the first probes take: the kernel of a client that is there answers them.
    let start = stage.loop.now
    let alarm = stage.loop.schedule(at: start + .milliseconds(2500)) {}
    try stage.loop.run { stage.loop.now - start > .milliseconds(2500) }
    stage.loop.cancel(alarm)
    #expect(client.ending == nil)
    #expect(!stage.events.contains { $0.contains(" close ") }, "\(stage.events)")
    client.close()
    try stage.loop.run { stage.events.contains { $0.contains(" close ") } }
  }

  @Test("A server that stops reading shuts its window")
  func window() throws {
    let stage = try Stage("silent-at-body")
    let client = try RawClient(stage.server, loop: stage.loop)
    client.send("EHLO c\r\nMAIL FROM:<>\r\nRCPT TO:<a>\r\nDATA\r\n")
    try client.wait(for: "354 ")
    client.send([UInt8](repeating: 65, count: 500_000))
    try stage.loop.run { stage.events.last?.hasSuffix(" stop-reading") ?? false }
    #expect(client.facts.unsent ?? 0 > 0)
  }

  @Test(
    "A seed from outside stands in place of the fixture's, and each connection has its own luck")
  func seed() throws {
    let fixture = try FixtureLibrary.embedded().fixture(named: "by-chance-skips")
    func luck(seed: Int) throws -> [Bool] {
      let loop = try EventLoop()
      let server = try LabServer(fixture: fixture, loop: loop, seed: seed)
      let clients = try (0..<8).map { _ in try RawClient(server, loop: loop) }
      for client in clients { client.send("EHLO c\r\nMAIL FROM:<>\r\nNOOP\r\n") }
      // Silence has no sign; whoever was lucky has all three replies, and the log knows the rest.
      try loop.run { server.tally.reads == clients.count }
      for client in clients { client.send("NOOP\r\n") }
      try loop.run { server.tally.reads == 2 * clients.count }
      return clients.map { $0.text.contains("250 2.1.0") }
    }
    let first = try luck(seed: 5)
    #expect(try luck(seed: 5) == first)
    #expect(try luck(seed: 6) != first)
    #expect(Set(first).count == 2)
  }

  @Test("Several clients are served at once")
  func manyClients() throws {
    let stage = try Stage("healthy")
    let clients = try (0..<20).map { _ in try RawClient(stage.server, loop: stage.loop) }
    for client in clients { client.send("EHLO c\r\nQUIT\r\n") }
    for client in clients { try client.wait(for: "221 ") }
    #expect(stage.server.tally.sessions == 20)
    stage.server.stop()
    #expect(stage.server.openCount == 0)
  }

  @Test("The log names time, fixture, connection and event, one line each")
  func log() throws {
    let stage = try Stage("healthy")
    let client = try RawClient(stage.server, loop: stage.loop)
    client.send("NOOP\r\n")
    try client.wait(for: "250 2.0.0 Ok\r\n")
    #expect(
      stage.events.dropFirst().map { $0.split(separator: " ").dropFirst().joined(separator: " ") }
        == [
          #"reply 220 mx.lab.example ESMTP smtpprobe lab\r\n"#, "write 40", "read 6",
          #"command NOOP\r\n"#, #"reply 250 2.0.0 Ok\r\n"#, "write 14",
        ].map { "healthy#1 " + $0 })
    #expect(
      LabLog.line(.read(513), fixture: "x", connection: 7, at: 1_020_304) == "1.020304 x#7 read 513"
    )
    #expect(stage.server.tally == LabTally(sessions: 1, reads: 1, bytes: 6))
  }

  @Test("The log shows what a middlebox passes on, and what it keeps")
  func middleboxLog() throws {
    let stage = try Stage("reseg-513")
    let client = try RawClient(stage.server, loop: stage.loop)
    client.send("EHLO c\r\n")
    try client.wait(for: "250 ENHANCEDSTATUSCODES\r\n")
    client.send(envelope(size: 1025, commands: 18))
    try client.wait(for: "250 2.1.5")
    let events = stage.events.compactMap { $0.split(separator: "#1 ").last }
    #expect(
      events.filter { $0.hasPrefix("read") || $0.hasPrefix("forward") }
        == ["read 8", "forward 8", "read 1025", "forward 512"])
  }

  @Test("TLS comes by STARTTLS or at once", arguments: ["healthy-starttls", "healthy-tls"])
  func tls(fixture: String) throws {
    let stage = try Stage(fixture)
    let client = try RawClient(stage.server, loop: stage.loop)
    if fixture == "healthy-starttls" {
      client.send("EHLO c\r\nSTARTTLS\r\n")
      try client.wait(for: "220 2.0.0")
    }
    let text = try tlsExchange("EHLO c\r\nQUIT\r\n", over: client, on: stage.loop)
    #expect(text.contains("250 ENHANCEDSTATUSCODES\r\n221 "))
    #expect(stage.events.contains { $0.contains(" tls TLS1.") })
  }

  /// Shakes hands, sends `request` and returns what came back by the end of the stream.
  private func tlsExchange(_ request: String, over client: RawClient, on loop: EventLoop) throws
    -> String
  {
    let tls = try TLSSession(client: ClientConfiguration(serverName: "mx.lab.example"))
    var answer: [UInt8] = []
    var taken = client.reads.count
    func perform(_ actions: [TLSSession.Action]) throws {
      for action in actions {
        switch action {
        case .send(let flight): client.send(flight.bytes)
        case .established:
          client.send(try tls.seal(Array(request.utf8)[...]).get().bytes)
        case .plaintext(let bytes): answer += bytes
        case .closed: break
        case .failed(let failure): Issue.record("\(failure)")
        }
      }
    }
    try perform(tls.start())
    while client.ending == nil {
      try loop.run { client.reads.count > taken || client.ending != nil }
      while taken < client.reads.count {
        try perform(tls.receive(client.reads[taken]))
        taken += 1
      }
    }
    return String(decoding: answer, as: UTF8.self)
  }

  /// MAIL, recipients and DATA in exactly so many bytes.
  private func envelope(size: Int, commands: Int) -> String {
    let fixed = "MAIL FROM:<>\r\n" + "DATA\r\n"
    let recipients = commands - 2
    var room = size - fixed.utf8.count - recipients * "RCPT TO:<>\r\n".utf8.count
    var text = "MAIL FROM:<>\r\n"
    for index in 0..<recipients {
      let share = room / (recipients - index)
      room -= share
      text += "RCPT TO:<" + String(repeating: "a", count: share) + ">\r\n"
    }
    return text + "DATA\r\n"
  }

  /// A fixture on its stage: a loop, a server, and the log.
  private final class Stage {
    let loop: EventLoop
    let server: LabServer
    var events: [String] { journal.lines }
    private let journal: Journal

    private final class Journal { var lines: [String] = [] }

    init(_ name: String, faultsEnabled: Bool = true) throws {
      loop = try EventLoop()
      let journal = Journal()
      self.journal = journal
      server = try LabServer(
        fixture: try FixtureLibrary.embedded().fixture(named: name), loop: loop,
        faultsEnabled: faultsEnabled, log: LabLog { journal.lines.append($0) })
    }

    /// Turns the loop until something holds that no event announces.
    func turn(until holds: () -> Bool) throws {
      while !holds() {
        var isLater = false
        loop.schedule(at: loop.now + .milliseconds(5)) { isLater = true }
        try loop.run { isLater }
      }
    }
  }
}
