@testable import Diagnosis
import SMTPDialogue
import SessionOptions
import SessionTrace
import Testing

/// What the user set himself, put back.
@Suite("An investigation of a session with options of its user's own")
struct OwnOptionTests {
  private func conclusion(
    _ change: (inout SessionOptions) -> Void, _ end: (PlayedSession) -> PlayedEnd
  ) throws -> InvestigationConclusion {
    let session = DecoyTests.asking(change)
    var investigation = Investigation(session.subject)
    return try #require(
      investigation.play { trial, _ in
        let session = session.varied(trial.variation)
        return session.trace(end(session))
      })
  }

  @Test("names the option without which the failure goes away, and no cause")
  func one() throws {
    let conclusion = try conclusion {
      $0.ehlo = "our_host"
      $0.socket.codepoint = 46
    } _: {
      $0.asked.socket.codepoint == 46 ? .closed(.ehlo) : .served
    }
    #expect(conclusion.result == .noCause)
    let gone = conclusion.experiments.filter { $0.effect == .gone }.map(\.variation.phrase)
    #expect(gone.contains("without --dscp 46"))
    #expect(!gone.contains("without --ehlo our_host"))
  }

  @Test("asks for many of them at once first, and for each where that helps")
  func many() throws {
    func play(_ end: (PlayedSession) -> PlayedEnd) throws -> [String] {
      try conclusion(
        {
          $0.ehlo = "our_host"
          $0.socket.codepoint = 46
          $0.socket.noDelay = false
          $0.socket.receiveBuffer = 4_096
        }, end
      ).experiments.map(\.variation.phrase)
    }
    let all = "without --no-nodelay, --rcvbuf, --dscp, --ehlo"
    let culprit = try play { $0.asked.socket.codepoint == 46 ? .closed(.ehlo) : .served }
    #expect(culprit.contains(all) && culprit.contains("without --dscp 46"))
    let none = try play { _ in .closed(.ehlo) }
    #expect(none.contains(all) && !none.contains("without --dscp 46"))
  }

  @Test("finds the one that it was where without all of them sessions do not come so far")
  func needed() throws {
    let conclusion = try conclusion {
      $0.ehlo = "our_host"
      $0.socket.codepoint = 46
      $0.socket.noDelay = false
      $0.socket.receiveBuffer = 4_096
    } _: {
      if $0.asked.socket.receiveBuffer == nil { return .silent(.banner) }
      return $0.asked.socket.codepoint == 46 ? .closed(.ehlo) : .served
    }
    let gone = conclusion.experiments.filter { $0.effect == .gone }.map(\.variation.phrase)
    #expect(gone == ["without --dscp 46"])
  }

  @Test("puts each back that the table says can be", arguments: OptionTable.all)
  func everyRow(row: OptionRow) throws {
    guard row.actsFrom != nil else { return }
    var given = SessionOptions()
    let entry =
      switch row.shape {
      case .flag: try row.entry(true)
      case .invertibleFlag: try row.entry(false)
      case .value, .list: try row.entry(try #require(Self.samples[row.name], "\(row.name)"))
      }
    entry.change(&given)
    let trace = Trace.envelope(fails: true)
    var subject = Subject(given: given)
    subject.message = .of("x\r\n", size: 300)
    let control = Control(trace: trace, verdict: verdict(of: trace), subject: subject)
    var varied = given
    try Variation.putBack(row, beside: control).change(&varied, beside: control)
    #expect(row.words(varied).isEmpty, "\(row.name)")
  }

  @Test(
    "asks for none where the server says why it refuses, or where the option has not come to bear")
  func idle() {
    func own(_ trace: Trace) -> [String] {
      var given = SessionOptions()
      (given.ehlo, given.tlsRecordSize) = ("our_host", 64)
      let control = Control(
        trace: trace, verdict: verdict(of: trace), subject: Subject(given: given))
      return control.ownOptions.map(\.name)
    }
    let session = PlayedSession()
    #expect(own(session.trace(.silent(.mail))) == ["ehlo"])
    #expect(own(session.trace(.silent(.banner))).isEmpty)
    #expect(own(session.trace(.putOff([1], 452, "4.2.2 Mailbox full"))).isEmpty)
  }

  @Test("does not take for its user's what got past a failure before")
  func behind() {
    var given = SessionOptions()
    (given.ehlo, given.pipelining) = ("our_host", .on)
    var subject = Subject(given: given)
    let trace = PlayedSession().trace(.silent(.mail))
    let control = Control(trace: trace, verdict: verdict(of: trace), subject: subject)
    subject.leaveOut(whatVaries: .pipeliningOff, control)
    #expect(subject.given.pipelining == .auto && subject.given.ehlo == "our_host")
    #expect(subject.given.envelopeSize == nil && subject.given.pad)
  }

  private static let samples: [String: String] = [
    "split": "100,1,rest", "split-delay": "50ms", "pipelining": "off", "envelope-size": "600",
    "fast-open": "data", "mss": "536", "pmtu-discovery": "dont", "rcvbuf": "4096",
    "sndbuf": "4097", "keepalive": "20", "dscp": "46", "local-address": "127.0.0.2",
    "local-port": "4000", "tls": "require", "clienthello-size": "600", "tls-record-size": "100",
    "line-length": "30", "mend": "zeros", "chunking": "on", "chunk-size": "7",
    "ignore-keyword": "SIZE", "proxy": "v2", "from": "a@example.org", "to": "b@example.org",
    "ehlo": "probe.example.org", "tls-priority": "NORMAL", "tls-sni": "mx.example.org",
  ]
}
