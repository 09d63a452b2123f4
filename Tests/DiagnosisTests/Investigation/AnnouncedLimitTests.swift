import Diagnosis
import Testing

@Suite("An investigation of a server that announces any limit")
struct AnnouncedLimitTests {
  @Test(
    "tries no more recipients than its control had, and finds the limit in force",
    arguments: [
      "9223372036854775807", "9223372036854775808", "1000000000", "-9223372036854775808", "-5", "0",
      "", "1.5", "+7", "1", "39", "40", "41",
    ])
  func bounded(limit: String) throws {
    var session = DecoyTests.forty
    session.capabilities = ["PIPELINING", "LIMITS MAILMAX=\(limit) RCPTMAX=\(limit)"]
    var investigation = Investigation(session.subject, limit: 90)
    var most = 0
    let conclusion = try #require(
      investigation.play { trial, _ in
        let varied = session.varied(trial.variation)
        most = max(most, varied.recipients.count)
        let places = DecoyTests.places(behind: 5, in: varied)
        return varied.trace(.putOff(places, 452, "4.5.3 Too many recipients"))
      })
    #expect(most == 40)
    #expect(conclusion.stop == nil)
    #expect(conclusion.causes.filter { $0.grade == .confirmed }.map(\.id) == [.rcptLimit])
  }
}
