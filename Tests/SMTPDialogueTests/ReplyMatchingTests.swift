import SessionOptions
import SessionTrace
@testable import SMTPDialogue
import Testing

/// What the driver is told of replies, and where it finds the session between them.
@Suite("Matching replies to commands")
struct ReplyMatchingTests {
  private func answers(_ actions: [Dialogue.Action]) -> [AnsweredReply] {
    actions.compactMap { if case .reply(let reply) = $0 { reply } else { nil } }
  }

  private func bytes(_ text: String) -> Dialogue.Input { .bytes(Array(text.utf8)) }

  @Test("Each reply names its command by number, its stage and its bytes")
  func namesCommands() throws {
    var dialogue = Dialogue(
      try makePlan {
        $0.message = MessagePlan()
      })
    _ = dialogue.play(.connected)
    var found = answers(dialogue.play(bytes("220 5.0.0 mx\r\n")))
    found += answers(
      dialogue.play(bytes("250-mx\r\n250-ENHANCEDSTATUSCODES\r\n250 PIPELINING\r\n")))
    found += answers(dialogue.play(bytes("250 2.1.0 ok\r\n250 2.1.5 ok\r\n354 go\r\n")))
    _ = dialogue.content([], isEnd: true)
    found += answers(dialogue.play(bytes("250 2.0.0 queued\r\n250 2.0.0 surplus\r\n")))
    found += answers(dialogue.play(bytes("221 2.0.0 bye\r\n")))
    #expect(found.map(\.command) == [nil, 0, 1, 2, 3, 4, nil, 5])
    #expect(found.map(\.stage) == [.banner, .ehlo, .mail, .rcpt, .data, .dot, .dot, .quit])
    #expect(found.map(\.isGreeting) == [true] + Array(repeating: false, count: 7))
    #expect(found.map(\.wasDue) == Array(repeating: true, count: 6) + [false, true])
    #expect(found.map(\.byteRange.lowerBound) == [0, 14, 63, 77, 91, 99, 117, 136])
    #expect(found.last?.byteRange.upperBound == 151)
    let codes = [nil, nil, "2.1.0", "2.1.5", nil, "2.0.0", "2.0.0", "2.0.0"]
    #expect(found.map(\.reply.enhanced) == codes)
    #expect(dialogue.capabilities?.lines.count == 2)
  }

  @Test("An early refusal of content answers the content")
  func earlyRefusal() throws {
    var dialogue = Dialogue(
      try makePlan {
        $0.message = MessagePlan()
        $0.pipelining = .on
      })
    _ = dialogue.play(.connected)
    _ = dialogue.play(bytes("220 mx\r\n"))
    _ = dialogue.play(bytes("250 mx\r\n"))
    _ = dialogue.play(bytes("250 ok\r\n250 ok\r\n354 go\r\n"))
    // Before any of it has left, it is refused as a whole.
    for (stage, content) in [(Stage.dot, ""), (.body, "half a message")] {
      var dialogue = dialogue
      _ = dialogue.content(Array(content.utf8), isEnd: false)
      let found = answers(dialogue.play(bytes("552 too big\r\n")))
      #expect(found.map(\.command) == [4])
      #expect(found.map(\.stage) == [stage])
      #expect(found.map(\.wasDue) == [true])
      #expect(dialogue.stage == stage)
      #expect(dialogue.isLeaving)
    }
  }

  /// One row a moment: what was received before it, and how the session stands.
  private static let moments: [(String, Stage, Int, Bool)] = [
    ("", .banner, 1, false),
    ("220 m", .banner, 1, false),
    ("220 mx\r\n", .ehlo, 1, false),
    ("220 mx\r\n|250-mx\r\n250 PIPELINING\r\n", .mail, 3, false),
    ("220 mx\r\n|250-mx\r\n250 PIPELINING\r\n|250 ok\r\n", .rcpt, 2, false),
    ("220 mx\r\n|250-mx\r\n250 PIPELINING\r\n|250 ok\r\n550 no\r\n", .data, 1, false),
    ("220 mx\r\n|250-mx\r\n250 PIPELINING\r\n|250 ok\r\n250 ok\r\n354 go\r\n", .body, 0, false),
    ("220 mx\r\n|250-mx\r\n250 PIPELINING\r\n|250 ok\r\n550 no\r\n354 go\r\n", .dot, 1, true),
    ("220 mx\r\n|250-mx\r\n250 PIPELINING\r\n|250 ok\r\n550 no\r\n503 no\r\n", .quit, 2, true),
    ("220 mx\r\n|250-mx\r\n250 STARTTLS\r\n", .starttls, 1, false),
    ("220 mx\r\n|250-mx\r\n250 STARTTLS\r\n|220 go\r\n", .tls, 0, false),
    ("220 mx\r\n|250-mx\r\n250 STARTTLS\r\n|220 go\r\n250 injected\r\n", .starttls, 0, false),
    ("554 no\r\n", .quit, 1, true),
    ("421 busy\r\n", .banner, 0, true),
    ("220 mx\r\n|354 go\r\n", .ehlo, 0, false),
  ]

  @Test(
    "A refusal behind the 354 is one in the middle of a message of more than a piece",
    arguments: [(nil, .dot), (65_536, .dot), (65_537, .body)] as [(Int?, Stage)],
    ["354 go\r\n550 no\r\n", "354 go\r\n|550 no\r\n"])
  func refusesContent(_ message: (size: Int?, stage: Stage), _ reads: String) throws {
    var dialogue = Dialogue(try makePlan { $0.message = MessagePlan(size: message.size) })
    _ = dialogue.play(.connected)
    for read in ["220 mx\r\n", "250-mx\r\n250 PIPELINING\r\n", "250 ok\r\n250 ok\r\n"] {
      _ = dialogue.play(bytes(read))
    }
    var found: [AnsweredReply] = []
    for read in reads.split(separator: "|") {
      found += answers(dialogue.play(bytes(String(read))))
    }
    #expect(found.last?.reply.code == 550 && found.last?.stage == message.stage)
  }

  @Test("The session stands at its first unanswered command", arguments: moments)
  func stands(_ reads: String, _ stage: Stage, _ unanswered: Int, _ isLeaving: Bool) throws {
    var dialogue = Dialogue(try makePlan { $0.message = MessagePlan() })
    #expect(dialogue.stage == .connect)
    _ = dialogue.play(.connected)
    for read in reads.split(separator: "|") { _ = dialogue.play(bytes(String(read))) }
    #expect(dialogue.stage == stage)
    #expect(dialogue.unanswered == unanswered)
    #expect(dialogue.isLeaving == isLeaving)
    let partial = reads.utf8.last == 0x0A ? "" : reads
    #expect(dialogue.partialReply == Array(partial.utf8))
    // The end of the stream changes none of it.
    _ = dialogue.play(.endOfStream)
    #expect(dialogue.stage == stage)
    #expect(dialogue.isLeaving == isLeaving)
    #expect(dialogue.play(bytes("250 late\r\n")) == [])
  }

  @Test("After the end of content its reply is due, at stage dot")
  func contentEnds() throws {
    var dialogue = Dialogue(
      try makePlan {
        $0.message = MessagePlan()
        $0.pipelining = .on
      })
    _ = dialogue.play(.connected)
    for read in ["220 mx\r\n", "250 mx\r\n", "250 ok\r\n250 ok\r\n354 go\r\n"] {
      _ = dialogue.play(bytes(read))
    }
    #expect(dialogue.stage == .body)
    #expect(dialogue.content([], isEnd: true) == Array(".\r\n".utf8))
    #expect(dialogue.stage == .dot)
    #expect(dialogue.unanswered == 1)
  }

  @Test("A keyword that is to be ignored is passed over, and stays known")
  func ignores() throws {
    var plan = try makePlan()
    plan.ignoredKeywords = ["pipelining"]
    var dialogue = Dialogue(plan)
    _ = dialogue.play(.connected)
    _ = dialogue.play(bytes("220 mx\r\n"))
    let actions = dialogue.play(bytes("250-mx\r\n250-PIPELINING\r\n250 SIZE\r\n"))
    #expect(dialogue.offered?.offersPipelining == true)
    #expect(dialogue.capabilities?.lines == [Array("SIZE".utf8)])
    guard case .send(let flight)? = actions.last else {
      Issue.record("sent nothing")
      return
    }
    #expect(flight.commands.count == 1)
  }

  @Test("What was offered in clear text is forgotten under TLS")
  func forgets() throws {
    var dialogue = Dialogue(try makePlan())
    _ = dialogue.play(.connected)
    for read in ["220 mx\r\n", "250-mx\r\n250-STARTTLS\r\n250 PIPELINING\r\n", "220 go\r\n"] {
      _ = dialogue.play(bytes(read))
    }
    #expect(dialogue.capabilities?.offersPipelining == true)
    _ = dialogue.play(.secured(flightOverhead: 22))
    #expect(dialogue.capabilities == nil)
    let actions = dialogue.play(bytes("250 mx\r\n"))
    guard case .send(let flight)? = actions.last else {
      Issue.record("sent nothing")
      return
    }
    #expect(flight.commands.map(\.text) == ["MAIL FROM:<>"])
  }

  @Test("A violation shows the bytes that broke the rule")
  func showsBytes() throws {
    var dialogue = Dialogue(try makePlan { $0.tls = .require })
    _ = dialogue.play(.connected)
    _ = dialogue.play(bytes("220 mx\r\n"))
    _ = dialogue.play(bytes("250-mx\r\n250 STARTTLS\r\n"))
    let actions = dialogue.play(bytes("220 go\r\nMAIL FROM:<evil>\r\n"))
    let shown = Dialogue.Action.violation(
      .clearTextAfterStartTLS, bytes: Array("MAIL FROM:<evil>\r\n".utf8), stage: .starttls,
      isFatal: true)
    #expect(actions.contains(shown))
    #expect(!actions.contains(.startTLS))
  }

  @Test("A violation stands at the stage of its reply, whatever is said next")
  func standsAtItsReply() throws {
    var dialogue = Dialogue(try makePlan())
    _ = dialogue.play(.connected)
    let stages = ["521-mx\r\n220 mx\r\n", "500-mx\r\n250 PIPELINING\r\n"].flatMap { reply in
      dialogue.play(bytes(reply)).compactMap { action in
        if case .violation(.mixedCodes, _, let stage, false) = action { stage } else { nil }
      }
    }
    #expect(stages == [.banner, .ehlo])
  }

  @Test("Whatever a server sends, nothing traps, and memory stays bounded", arguments: 0..<40)
  func survivesNoise(_ seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let words = [
      "220", "250", "354", "421", "452", "554", "999", " ", "-", "\r\n", "\n", "\r", "\0", ".", "x",
      "STARTTLS", "PIPELINING", "SIZE 5", "250 ok\r\n", "250-", "354 go\r\n", "\u{FF}",
    ]
    for _ in 0..<50 {
      var dialogue = Dialogue(
        try makePlan(to: ["a@b", "c@d"], pregreet: Bool.random(using: &random)) {
          $0.message = MessagePlan(size: 10, hasEightBit: true)
          $0.pipelining = PipeliningMode.allCases.randomElement(using: &random) ?? .auto
          $0.tls = TLSMode.allCases.randomElement(using: &random) ?? .auto
          $0.stop = StopPoint.allCases.randomElement(using: &random)
          $0.padding.minimum = 513
        })
      var actions = dialogue.play(.connected)
      for _ in 0..<60 {
        if actions.contains(.startTLS) { _ = dialogue.play(.secured(flightOverhead: 22)) }
        if actions.contains(.sendContent), Bool.random(using: &random) {
          _ = dialogue.content([], isEnd: true)
        }
        let count = Int.random(in: 1...6, using: &random)
        let noise = (0..<count).compactMap { _ in words.randomElement(using: &random) }.joined()
        let ready = Bool.random(using: &random) ? "250 ok\r\n" : noise
        actions = dialogue.play(bytes(ready))
        #expect(dialogue.partialReply.count <= 60 * 6 * 10)
        for case .send(let flight) in actions {
          #expect(flight.bytes.suffix(2) == [0x0D, 0x0A])
        }
        if actions.contains(where: { if case .finish = $0 { true } else { false } }) {
          #expect(dialogue.play(bytes("250 ok\r\n")) == [])
          break
        }
      }
    }
  }
}

extension Dialogue {
  /// Takes in what happened, and lets everything that is then sent leave at once.
  fileprivate mutating func play(_ input: Input) -> [Action] {
    defer { handedOver(commands: commandsSent) }
    return receive(input)
  }
}
