import Diagnosis
import SessionTrace
import Testing

@Suite("What other programs would log")
struct PhrasesTests {
  struct Row: Sendable, CustomTestStringConvertible {
    var status: SessionStatus
    var stage: Stage
    var postfix: String?
    var postfixOutcome: Phrases.Outcome?
    var exim: String?
    var eximOutcome: Phrases.Outcome?
    var swaks: Int?
    var change: @Sendable (inout Trace) -> Void = { _ in }
    var testDescription: String { "\(status.rawValue) at \(stage.rawValue)" }
  }

  /// Postfix's name for the server, and Exim's.
  static let mx = "mx.example.com[192.0.2.25]"
  static let h = "H=mx.example.com [192.0.2.25]"

  @Test("The phrase is the one that the program prints", arguments: rows)
  func phrase(row: Row) {
    var trace = Trace.healthy
    row.change(&trace)
    let phrases = Phrases(of: trace, verdict: .bare(row.status, row.stage))
    #expect(phrases.postfix == row.postfix)
    #expect(phrases.postfixOutcome == row.postfixOutcome)
    #expect(phrases.exim == row.exim)
    #expect(phrases.eximOutcome == row.eximOutcome)
    #expect(phrases.swaksExit == row.swaks)
  }
}
