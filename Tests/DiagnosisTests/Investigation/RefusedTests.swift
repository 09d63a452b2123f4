import Diagnosis
import SessionTrace
import Testing

/// Sessions that the server ends in words, or whose last reply is missing: what may be said of them.
@Suite("An investigation of what a server says")
struct RefusedTests {
  private func causes(of trace: Trace, _ subject: Subject = Subject()) throws -> [CauseFinding] {
    var investigation = Investigation(subject)
    return try #require(investigation.play { _, _ in trace }).causes
  }

  private func named(_ causes: [CauseFinding]) -> [CauseID] {
    causes.filter { $0.grade <= .consistent }.map(\.id)
  }

  private static func refused(_ stage: Stage, _ code: Int, _ text: String) -> Trace {
    var trace = Trace.healthy
    let kept = trace.replies.prefix { $0.stage < stage }
    trace.replies = kept + [reply(stage, code, text)]
    trace.commands = trace.commands.filter { $0.stage <= stage }
    for index in trace.commands.indices { trace.commands[index].isAnswered = true }
    trace.endingStage = stage
    return trace
  }

  @Test(
    "names what the words name, and nothing else",
    arguments: [
      (.rcpt, 451, "4.7.1 Greylisted, come back in 300 s", [.greylisting]),
      (.rcpt, 450, "4.2.0 not now", []),
      (.rcpt, 451, "4.3.0 Temporary lookup failure", [.lookupFailed]),
      (.rcpt, 452, "4.2.2 Mailbox full", [.mailboxFull]),
      (.rcpt, 554, "5.7.1 Relay access denied", [.relayDenied]),
      (.rcpt, 550, "5.1.1 User unknown", [.recipientUnknown]),
      (.rcpt, 450, "4.7.1 Sender address rejected: not logged in", [.senderRefused]),
      (.mail, 451, "5.7.3 STARTTLS is required to send mail", [.tlsDemanded]),
      (
        .mail, 421, "4.7.0 [TSS04] temporarily deferred",
        [.providerDeferral, .rdnsOrReputationReject]
      ),
      (.rcpt, 451, "4.7.500 Server busy (S77719)", [.providerDeferral, .rdnsOrReputationReject]),
      (.rcpt, 550, "5.3.2 Service currently unavailable", [.rdnsOrReputationReject]),
      (.mail, 421, "4.7.28 unusual rate", [.rdnsOrReputationReject]),
      (.mail, 421, "4.7.0 Too many connections", [.connectionLimit421]),
      (.mail, 421, "4.3.2 Shutting down", [.serverTrouble]),
      (.banner, 421, "4.3.2 Come back later", [.banner5xxOrDrop]),
    ] as [(Stage, Int, String, [CauseID])])
  func words(stage: Stage, code: Int, text: String, ids: [CauseID]) throws {
    let causes = try causes(of: Self.refused(stage, code, text))
    #expect(named(causes) == ids)
    for cause in causes where cause.id != .banner5xxOrDrop {
      #expect(cause.pro.contains { $0.contains("\(code) \(text)") })
    }
  }

  @Test(
    "takes the name in EHLO for minded by words about it, and not by an address or a wait for it",
    arguments: [
      (.rcpt, 450, "4.7.1 <mx.x.example>: Helo command rejected: Host not found", true),
      (.ehlo, 450, "4.1.8 no such EHLO name", true),
      // Another name is refused as this one is.
      (.ehlo, 501, "Invalid argument (EHLO)", false),
      (.rcpt, 550, "5.1.1 <ehlo-team@x.example>: user unknown", false),
      (.rcpt, 450, "4.2.1 helo@x.example is busy", false),
      (.ehlo, 421, "timeout waiting for EHLO", false),
    ] as [(Stage, Int, String, Bool)])
  func name(stage: Stage, code: Int, text: String, isNamed: Bool) throws {
    let causes = try causes(of: Self.refused(stage, code, text))
    #expect(named(causes).contains(.ehloNameRefused) == isNamed)
  }

  @Test(
    "calls a 552 a limit that is told, and a full mailbox neither",
    arguments: [
      (552, "5.3.4 Message size exceeds fixed limit", [.messageTooLarge]),
      (552, "too much", [.messageTooLarge]), (552, "5.2.2 Over quota", [.mailboxFull]),
    ] as [(Int, String, [CauseID])])
  func size(code: Int, text: String, ids: [CauseID]) throws {
    let subject = Subject(message: .of("x\r\n", size: 3_000))
    #expect(named(try causes(of: Self.refused(.mail, code, text), subject)) == ids)
  }

  /// A session that ends in silence at QUIT.
  private static func atQuit(_ change: (inout Trace) -> Void = { _ in }) -> Trace {
    var trace = Trace.healthy
    for index in trace.commands.indices { trace.commands[index].isAnswered = true }
    let start = trace.commands.last?.end ?? 0
    trace.commands.append(
      CommandRecord(
        stage: .dot, text: "(content)", start: start, end: start + 100, flight: 2, written: 40_000,
        isAnswered: true, reply: 5))
    trace.commands.append(
      CommandRecord(
        stage: .quit, text: "QUIT", start: start + 100, end: start + 106, flight: 3,
        written: 70_000))
    trace.replies.append(reply(.dot, 250, "2.0.0 Ok: queued"))
    trace.content = ContentRecord(start: start, taken: 95)
    trace.content?.endOfData = start + 100
    trace.content?.isComplete = true
    trace.ledger = Ledger(
      written: start + 106, sent: start + 106, acknowledged: start + 106, answered: start + 100,
      unsent: 0, received: 100)
    trace.ending = .timedOut(.reply)
    trace.endingStage = .quit
    trace.waited = .seconds(1)
    change(&trace)
    return trace
  }

  @Test("says that nothing is in doubt only where every reply came behind what it answers")
  func quit() throws {
    func says(_ change: (inout Trace) -> Void) throws -> (pro: Bool, con: Bool) {
      let cause = try #require(
        try causes(of: Self.atQuit(change)).first { $0.id == .quitIgnored })
      #expect(cause.grade == .consistent)
      return (
        cause.pro.contains { $0.contains("nothing of the delivery is in doubt") },
        cause.con.contains { $0.contains("in doubt") }
      )
    }
    #expect(try says { _ in } == (true, false))
    #expect(try says { $0.replies[5].at = 39_000 } == (false, true))
    #expect(try says { $0.violations = [violation(.unsolicitedReply)] } == (false, true))
    #expect(try says { $0.replies[5].wasDue = false } == (false, true))
    #expect(try says { $0.content?.isComplete = false } == (false, true))
    #expect(try says { $0.content = nil } == (false, false))
  }

  @Test("blames the second message where the first by itself passes", arguments: [true, false])
  func laterMessage(passesAlone: Bool) throws {
    let several = Self.atQuit {
      $0.options["messages"] = .number(3)
      $0.commands[5].text = "RSET"
    }
    let alone = Self.atQuit {
      $0.replies.append(reply(.quit, 221, "bye"))
      $0.commands[5].isAnswered = true
      $0.commands[5].reply = 6
      $0.ledger.answered = $0.ledger.written
      $0.ending = .finished
    }
    var investigation = Investigation(Subject(message: .of("x\r\n", size: 300)))
    let conclusion = try #require(
      investigation.play { trial, _ in
        trial.variation?.name == "messages" && passesAlone ? alone : several
      })
    #expect(conclusion.experiments.contains { $0.variation.name == "messages" })
    #expect(named(conclusion.causes) == (passesAlone ? [.reuseOrRsetFailure] : []))
  }

  @Test("takes an end of the data for read where a command behind it is answered")
  func end() throws {
    let subject = Subject(message: .of("x\r\n", size: 300))
    for (text, isNext) in [
      ("250 2.0.0 Ok\\r\\n", true), ("250 2.0.0 Ok: queued as 4\\r\\n", false),
    ] {
      var investigation = Investigation(subject)
      let conclusion = try #require(
        investigation.play { trial, _ in
          var trace = Self.atQuit { trace in
            trace.commands.removeLast()
            trace.commands[4].isAnswered = false
            trace.commands[4].reply = nil
            trace.replies.removeLast()
            trace.endingStage = .dot
          }
          if trial.variation == .nudge {
            trace.nudge = NudgeRecord(
              sent: 0, acknowledged: 1, first: 1, receivedBytes: text.count, text: text)
          }
          return trace
        })
      let named = named(conclusion.causes)
      #expect(named.contains(.replyCountMismatch) == isNext)
      if isNext { #expect(!named.contains(.eodSlowOrDuplicate)) }
    }
  }
}
