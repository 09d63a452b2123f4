import SessionOptions
import SessionTrace
@testable import SMTPDialogue
import Testing

/// The table of verbs, held against the RFCs.
@Suite("The table of verbs")
struct VerbTests {
  @Test("lets every verb be accepted by the reply that accepts it", arguments: Verb.allCases)
  func acceptance(of verb: Verb) {
    #expect(verb.row.answers.allow(verb.row.acceptance))
    #expect(verb.row.answers.allow(421) && verb.row.answers.allow(550))
    #expect(!verb.row.answers.allow(199) && !verb.row.answers.allow(600))
  }

  @Test(
    "knows which replies one verb alone can have",
    arguments: [(221, .quit), (354, .data), (250, nil), (220, nil), (503, nil)]
      as [(Int, Verb?)])
  func onlyOne(code: Int, verb: Verb?) {
    #expect(Verb.theOnlyOne(acceptedBy: code) == verb)
    guard let verb else { return }
    #expect(Verb.allCases.filter { $0.row.answers.allow(code) } == [verb])
  }

  @Test(
    "knows the verb of a line",
    arguments: [
      ("MAIL FROM:<a@b> SIZE=4", .mail), ("rcpt to:<c@d>", .rcpt), ("EHLO probe", .ehlo),
      ("HELO probe", .helo), ("BDAT 5", .bdat), ("BDAT 5 LAST", .lastBDAT), (".", .loneDot),
      ("QUIT", .quit), ("noop", .noop), ("XCLIENT ADDR=x", .xclient), ("", nil), ("(content)", nil),
    ] as [(String, Verb?)])
  func verb(of line: String, verb: Verb?) {
    #expect(Verb(ofLine: line) == verb)
  }

  /// RFC 5321 section 4.5.3.2, in minutes.
  @Test(
    "waits as long as RFC 5321 has it",
    arguments: [
      (.greeting, 5), (.ehlo, 5), (.mail, 5), (.rcpt, 5), (.data, 2), (.bdat, 3), (.content, 10),
      (.lastBDAT, 10), (.noop, 5), (.quit, 5),
    ] as [(Verb, Microseconds)])
  func patience(verb: Verb, minutes: Microseconds) {
    #expect(verb.row.patience == .seconds(60) * minutes)
  }

  /// RFC 2920 section 3.1.
  @Test("ends a group of pipelined commands with those that must be its last")
  func groups() throws {
    let plan = try makePlan()
    func size(_ verbs: Verb...) -> Int {
      verbs.map { CommandText($0, plan) }.firstGroup(isPipelined: true).count
    }
    #expect(size(.mail, .rcpt, .rcpt, .data) == 4)
    #expect(size(.rset, .quit) == 2)
    #expect(size(.data, .quit) == 1)
    #expect(size(.ehlo, .mail) == 1)
    #expect(size(.mail, .rcpt) == 2)
    #expect(
      [CommandText(.mail, plan), CommandText(.rcpt, plan)].firstGroup(isPipelined: false).count == 1
    )
  }

  @Test(
    "names each stage that has a verb after one, and content in between", arguments: Stage.allCases)
  func stages(stage: Stage) {
    let hasNoVerb: Set<Stage> = [.resolve, .connect, .tls]
    #expect((Verb.logNames(at: stage) == nil) == hasNoVerb.contains(stage))
    if let verb = Verb.of(stage) { #expect(verb.row.stage == stage) }
  }
}
