import Testing

@testable import Lab

@Suite("Every fixture, on pure bytes")
struct EveryFixtureTests {
  static let fixtures = (try? FixtureLibrary.embedded().fixtures) ?? []

  @Test("Without its fault it serves a whole session", arguments: fixtures)
  func soundSession(_ fixture: Fixture) {
    let habits = fixture.sound.habits
    let header = habits.contains(.expectsProxyHeader) ? "PROXY UNKNOWN\r\n" : ""
    let hello = habits.contains(.speaksLMTP) ? "LHLO c\r\n" : "EHLO c\r\nHELO c\r\n"
    let dialogue =
      header + hello + "MAIL FROM:<>\r\nRCPT TO:<a>\r\nDATA\r\nSubject: x\r\n\r\nx\r\n.\r\nQUIT\r\n"
    var client = PatientClient(fixture.sound)
    client.say(dialogue)
    #expect(client.text.hasPrefix("220 ") && client.text.contains("\r\n354 "), "\(client.text)")
    #expect(client.text.contains("\r\n221 ") && client.ending == .hangUp, "\(client.text)")
  }

  @Test("A fault has a run that shows it, and a healthy server has none", arguments: fixtures)
  func faultShows(_ fixture: Fixture) {
    let isShown = fixture.runs.contains { !$0.isControl && $0.faultsEnabled }
    #expect(fixture.faulty == fixture.sound || isShown)
    #expect(fixture.family != "healthy" || fixture.faulty == fixture.sound)
  }

  @Test("Nothing a client sends can bring it down", arguments: fixtures)
  func noise(_ fixture: Fixture) {
    var random = SplitMix(state: 0x513)
    let words = [
      "EHLO c\r\n", "MAIL FROM:<>\r\n", "RCPT TO:<a>\r\n", "DATA\r\n", ".\r\n", "STARTTLS\r\n",
      "\r", "\n", "\0", "QUIT", "A", "é",
    ]
    for _ in 0..<15 {
      var client = PatientClient(fixture.faulty)
      for _ in 0..<30 {
        if random.next() % 8 == 0 {
          client.say((0..<7).map { _ in UInt8(truncatingIfNeeded: random.next()) })
        } else {
          client.say(words[Int(random.next() % UInt64(words.count))])
        }
      }
      client.finish()
      #expect(client.deadline == nil || client.ending != nil)
    }
  }
}

/// A client that lets time pass whenever the server waits for it, and takes TLS for granted.
private struct PatientClient {
  private(set) var text = ""
  private(set) var ending: ServerAction?
  private var session: ServerSession
  private var now: Int64 = 0

  init(_ script: ServerScript) {
    session = ServerSession(script: script)
    take(.connected)
  }

  var deadline: Int64? { session.nextDeadline }

  mutating func say(_ words: String) { say(Array(words.utf8)) }

  mutating func say(_ bytes: [UInt8]) { if ending == nil { take(.bytes(bytes)) } }

  mutating func finish() { if ending == nil { take(.endOfStream) } }

  private mutating func take(_ event: ServerEvent) {
    var events = [event]
    while !events.isEmpty {
      for action in session.receive(events.removeFirst(), now: now) {
        switch action {
        case .send(let bytes): text += String(decoding: bytes, as: UTF8.self)
        case .startTLS: events.append(.handshakeBytes([22]))
        case .handshake: events.append(.secured)
        case .hangUp, .hangUpInSilence, .close, .reset, .outlastClient: ending = action
        case .stopReading, .record, .keep, .sendInClear, .closeTLS: break
        }
      }
      if session.awaitsRoom { events.append(.sent) }
      if let deadline = session.nextDeadline, ending == nil {
        now = deadline
        events.append(.deadline)
      }
      if case .connected = event, session.script.isImplicitTLS, text.isEmpty, now == 0 {
        now = 1
        events.append(.handshakeBytes([22]))
      }
    }
  }
}

/// Sebastiano Vigna's SplitMix64: small, and the same everywhere.
private struct SplitMix {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

extension Fixture: CustomTestStringConvertible {
  package var testDescription: String { name }
}
