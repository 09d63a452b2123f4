import SessionTrace
import Testing

@testable import Lab

@Suite("Expectations")
struct ExpectationTests {
  private var told: Observation {
    Observation(
      status: "stalled", stage: .mail, custody: "acknowledged_unanswered", pendingCommands: 3,
      pendingAnswered: 0, firstUnanswered: "MAIL FROM:<>",
      ledger: Ledger(
        written: 539, sent: 539, acknowledged: 539, answered: 26, unsent: 0, received: 153),
      exitCode: 15, violations: [.bareLineFeed], hazards: ["bare-lf"], duration: 250_000)
  }

  @Test(
    "What is true is no mismatch",
    arguments: [
      "stalled@mail", "reset@mail or stalled@mail", "custody acknowledged_unanswered",
      "custody none or acknowledged_unanswered", "pending 3", "answered 0", "exit 15",
      "ledger acknowledged = written", "ledger answered < acknowledged", "ledger unsent = 0",
      "ledger written > 500", "ledger written >= 539", "ledger received <= 153",
      "ledger sent != 0", "violation bare_lf", "hazard bare-lf",
      "first unanswered \"MAIL FROM:<>\"", "takes at least 250ms",
    ])
  func truths(fact: String) throws {
    let expectation = try expectation(fact)
    #expect(expectation.mismatches(with: told) == [])
  }

  @Test(
    "What is not true is one mismatch",
    arguments: [
      "ok", "stalled@rcpt", "reset@mail", "custody peer_silent", "custody none", "pending 2",
      "answered 1", "exit 0", "ledger acknowledged < written", "ledger unsent > 0",
      "ledger written >= 540", "ledger written != 539", "violation bare_cr",
      "hazard pix-banner-mask", "first unanswered \"RCPT\"", "no complaint",
      "takes at least 251ms",
    ])
  func lies(fact: String) throws {
    #expect(try expectation(fact).mismatches(with: told).count == 1)
  }

  @Test("A session that nothing stopped has the custody none")
  func custodyNone() throws {
    var told = told
    told.custody = nil
    #expect(try expectation("custody none").mismatches(with: told) == [])
  }

  private func expectation(_ fact: String) throws -> Lab.Expectation {
    return try readExpectation([SourceLine(file: "x", number: 1, text: fact)])
  }
}
