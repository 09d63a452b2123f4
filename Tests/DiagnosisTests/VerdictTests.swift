import Diagnosis
import SessionTrace
import Testing

/// What a session was, where more than one thing happened in it.
@Suite("The verdict")
struct VerdictTests {
  struct Row: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var told: String
    /// A part of the summary.
    var says: String
    var change: @Sendable (inout Trace) -> Void

    init(
      _ name: String, _ told: String, says: String = "",
      change: @escaping @Sendable (inout Trace) -> Void
    ) {
      testDescription = name
      self.told = told
      self.says = says
      self.change = change
    }
  }

  private static let rows: [Row] = [
    Row("421 to QUIT behind an accepted message", "ok@quit", says: "was accepted") {
      $0.deliver()
      $0.replies.append(reply(.quit, 421, "Shutting down"))
    },
    Row("an unasked 421 behind an accepted message", "ok@quit", says: "left with 421") {
      $0.deliver()
      $0.replies.append(reply(.dot, 421, "Shutting down", wasDue: false))
    },
    Row("421 to QUIT behind a look", "ok@quit") {
      $0.replies.append(reply(.quit, 421, "Shutting down"))
      $0.endingStage = .quit
    },
    Row("421 to DATA", "deferred@data") { $0.replies[4] = reply(.data, 421, "Shutting down") },
    Row("silence at QUIT behind an accepted message", "stalled@quit", says: "was accepted") {
      $0.deliver()
      $0.ending = .timedOut(.reply)
    },
    Row("a FIN at QUIT behind an accepted message", "closed@quit", says: "was accepted") {
      $0.deliver()
      $0.ending = .endOfStream
    },
    Row("a broken rule behind a refusal", "rejected@mail", says: "550") {
      $0.replies[2] = reply(.mail, 550, "no")
      $0.replies[3] = reply(.rcpt, 354, "go")
      $0.ending = .protocolError
      $0.endingStage = .rcpt
    },
    Row(
      "a reply that nobody asked for behind a refused EHLO, before HELO", "protocol_error@ehlo",
      says: "nothing of ours had asked for"
    ) {
      $0.replies = [
        reply(.banner, 220, "mx"), reply(.ehlo, 500, "what"),
        reply(.ehlo, 500, "what", wasDue: false),
      ]
      $0.commands = Array($0.commands.prefix(1))
      $0.violations = [
        Violation(
          kind: .unsolicitedReply, stage: .ehlo, at: 0, bytes: "500 what\\r\\n", isFatal: true)
      ]
      $0.ending = .protocolError
      $0.endingStage = .ehlo
    },
    Row("a broken rule behind one refused recipient, before the next", "protocol_error@rcpt") {
      $0.replies[3] = reply(.rcpt, 550, "no")
      $0.replies = Array($0.replies.prefix(4))
      $0.ending = .protocolError
      $0.endingStage = .rcpt
    },
    Row("a broken rule by itself", "protocol_error@rcpt") {
      $0.replies[3] = reply(.rcpt, 354, "go")
      $0.ending = .protocolError
      $0.endingStage = .rcpt
    },
    Row("421 behind a reply that nobody asked for", "protocol_error@banner", says: "500 what") {
      $0.replies = [
        reply(.banner, 220, "mx"), reply(.banner, 500, "what", wasDue: false),
        reply(.banner, 421, "bye", wasDue: false),
      ]
      $0.violations = [
        Violation(
          kind: .unsolicitedReply, stage: .banner, at: 0, bytes: "500 what\\r\\n", isFatal: true)
      ]
      $0.ending = .protocolError
      $0.endingStage = .banner
    },
    Row("a code of no class", "protocol_error@mail") {
      $0.replies[2] = reply(.mail, 600, "x")
      $0.ending = .protocolError
      $0.endingStage = .mail
    },
  ]

  @Test("is what happened first, and an accepted message stays accepted", arguments: rows)
  func holds(_ row: Row) {
    var trace = Trace.healthy
    row.change(&trace)
    let verdict = verdict(of: trace)
    #expect("\(verdict.status.rawValue)@\(verdict.stage.rawValue)" == row.told)
    #expect(verdict.summary.contains(row.says) || row.says.isEmpty, "\(verdict.summary)")
  }

  @Test("calls nothing delivered that was taken for nobody: a chunk behind recipients all refused")
  func takenForNobody() {
    var trace = Trace.healthy
    trace.replies[3] = reply(.rcpt, 550, "nobody")
    trace.replies.removeLast()
    trace.commands.removeLast()
    trace.deliver()
    let verdict = verdict(of: trace)
    #expect(verdict.status == .rejected && verdict.stage == .rcpt)
    #expect(verdict.summary == "rcpt was answered 550 nobody")
    #expect(!trace.isMessageAccepted && trace.messagesTaken == 0)
    // One of two is somebody.
    trace.commands.append(trace.commands[2])
    trace.replies.insert(reply(.rcpt, 250, "ok"), at: 4)
    trace.commands[3].reply = 4
    #expect(trace.isMessageAccepted && trace.messagesTaken == 1)
    // A next message that comes no further than MAIL has no recipients, and none that were refused.
    trace.options["messages"] = .number(2)
    trace.commands.append(trace.commands[1])
    trace.commands[trace.commands.count - 1].reply = nil
    #expect(trace.messagesTaken == 1)
  }

  /// One row: what was asked, what came for it, and whether the replies look one off.
  private static let answers: [(String, Stage, Int, String, Bool)] = [
    ("MAIL FROM:<>", .mail, 250, "Ok", false), ("MAIL FROM:<>", .mail, 221, "Bye", true),
    ("MAIL FROM:<>", .mail, 503, "5.5.1 Error: need MAIL command", true),
    ("MAIL FROM:<>", .mail, 503, "5.5.1 Send hello first", false),
    ("RCPT TO:<a@b>", .rcpt, 503, "5.5.1 Error: need MAIL command", false),
    ("RCPT TO:<a@b>", .rcpt, 354, "Go ahead", true), ("DATA", .data, 354, "Go ahead", false),
    (".", .dot, 221, "Bye", true), ("QUIT", .quit, 221, "Bye", false),
  ]

  @Test("tells by what a reply can answer that replies are one off", arguments: answers)
  func matches(asked: String, stage: Stage, code: Int, text: String, isOff: Bool) {
    var trace = Trace.healthy
    var answer = reply(stage, code, text)
    answer.command = asked
    trace.replies.append(answer)
    #expect(hazards(of: trace).contains { $0.id == .repliesOffByOne } == isOff)
  }
}

extension Trace {
  /// A message of 100 bytes, accepted; QUIT has left.
  fileprivate mutating func deliver() {
    content = ContentRecord(start: 100, taken: 100, endOfData: 205, isComplete: true)
    replies.append(reply(.dot, 250, "queued"))
    ledger = Ledger(written: 211, sent: 211, acknowledged: 211, answered: 205)
    endingStage = .quit
    stages.append(StageSpan(name: .quit, start: 0, duration: 1))
  }
}
