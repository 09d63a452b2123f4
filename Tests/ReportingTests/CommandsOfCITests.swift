import Diagnosis
import Reporting
import SessionTrace
import Testing

@Suite("No line of a report is a command of a CI system")
struct CommandsOfCITests {
  /// A session in which a server, or whoever wrote a file, tries at every place of a line.
  private func report(_ words: String, at column: Int) -> SessionReport {
    let text = String(repeating: "x", count: column) + words
    var session = Session(arguments: ["smtpprobe", "--ehlo", text, words, "mx.example.com"])
    session.connect()
    session.greet()
    session.send(.mail, text, flight: 1, at: 95_200)
    session.receive(.mail, 550, [text, words], at: 127_000, wait: 31_800)
    session.trace.notes = [text, words]
    session.trace.options["ehlo"] = .text(text)
    let verdict = verdict(session.trace, .rejected, .mail, exit: 11, text, error: text)
    return Sample("hostile", session.trace, verdict).report
  }

  @Test(
    "wherever a wrap puts the words of a server", arguments: [ReportFormat.text, .markdown],
    [
      "::error file=a::no", " ::warning::no", "##[group]no", "##vso[task.complete]no",
      "##teamcity[a]", "::error::::error::",
    ])
  func commands(format: ReportFormat, words: String) {
    for column in 0..<90 {
      let document = format.render(report(words, at: column), style: .plain)
      for line in document.split(separator: 0x0A) {
        let text = String(decoding: line.drop { $0 == 0x20 }, as: UTF8.self)
        #expect(text.firstMatch(of: /^::[a-z]/) == nil, "\(text)")
        #expect(text.firstMatch(of: /##[a-z]*\[/) == nil, "\(text)")
      }
    }
  }

  @Test("and an address that begins with colons stays as it is")
  func address() {
    var session = Session("::1", arguments: ["smtpprobe", "::1"])
    session.connect(to: "::1")
    let verdict = verdict(session.trace, .stalled, .banner, exit: 13, "no greeting")
    let document = ReportFormat.text.render(
      Sample("address", session.trace, verdict).report, style: .plain)
    #expect(String(decoding: document, as: UTF8.self).contains("target      ::1 at ::1 port 25"))
  }
}
