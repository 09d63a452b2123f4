import Diagnosis
import SessionOptions
import SessionTrace
import Testing

/// Servers that mind something of a session by their own rules: who may write to how many, how long it may
/// last, what is refused late.
@Suite("An investigation of a server with rules of its own")
struct PolicyTests {
  private func causes(
    _ session: PlayedSession, _ trace: (PlayedSession) -> Trace
  ) throws -> [CauseFinding] {
    var investigation = Investigation(session.subject)
    return try #require(
      investigation.play { trial, _ in trace(session.varied(trial.variation)) }
    ).causes
  }

  private func grade(of id: CauseID, in causes: [CauseFinding]) -> Grade? {
    causes.first { $0.id == id }?.grade
  }

  /// From the null sender to two.
  private static let toTwo: PlayedSession = {
    var session = PlayedSession()
    session.recipients = [1, 2]
    session.envelope = EnvelopeRecord(
      size: 80, sender: "", recipientCommands: 2, recipients: 2, padding: 0, pipelined: true)
    return session
  }()

  /// A server that refuses some envelopes at DATA, in these words.
  struct Refusal: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var text = "5.5.3 <DATA>: Data command rejected: Multi-recipient bounce"
    var wanted: Grade
    var isRefused: @Sendable (PlayedSession) -> Bool
  }

  static let envelopes: [Refusal] = [
    Refusal(testDescription: "a bounce to several", wanted: .confirmed) {
      $0.isBounce && $0.recipients.count > 1
    },
    Refusal(testDescription: "the same, in other words", text: "no thanks", wanted: .consistent) {
      $0.isBounce && $0.recipients.count > 1
    },
    Refusal(testDescription: "a bounce to one of them", wanted: .excluded) {
      $0.isBounce && $0.recipients.contains(2)
    },
    Refusal(testDescription: "a bounce", wanted: .excluded) { $0.isBounce },
    Refusal(testDescription: "several recipients", wanted: .excluded) { $0.recipients.count > 1 },
  ]

  @Test(
    "confirms that a bounce may have one recipient by a server that says so, and none with a mind of its own",
    arguments: envelopes)
  func bounceToMany(refusal: Refusal) throws {
    let causes = try causes(Self.toTwo) { session in
      guard refusal.isRefused(session) else { return session.trace(.served) }
      var trace = session.trace(.refused(.data, 550))
      trace.replies[trace.replies.count - 1].lines = [refusal.text]
      return trace
    }
    #expect(grade(of: .bounceToMany, in: causes) == refusal.wanted)
  }

  /// Recipients that are refused after so long; `other` is how long one takes that is accepted.
  private func refusals(_ waits: [Microseconds], other: Microseconds?) throws -> [CauseFinding] {
    var refused = Self.toTwo.trace(.served)
    refused.options["to"] = .text("a@x.example,b@x.example")
    refused.replies =
      [reply(.banner, 220, "mx"), reply(.ehlo, 250, "mx"), reply(.mail, 250, "Ok")]
      + waits.map { wait in
        var refusal = reply(.rcpt, 550, "5.1.1 No such user")
        refusal.wait = wait
        return refusal
      }
    refused.endingStage = .rcpt
    var taken = PlayedSession().trace(.served)
    for index in taken.replies.indices { taken.replies[index].wait = other ?? 0 }
    var investigation = Investigation(Subject())
    return try #require(
      investigation.play { trial, _ in
        other != nil && trial.variation?.value.hasPrefix("postmaster@") == true ? taken : refused
      }
    ).causes
  }

  @Test("tells of a pause before refusals where what is accepted has none")
  func lateRefusals() throws {
    let late: [Microseconds] = [.milliseconds(400), .milliseconds(402)]
    let told = try refusals(late, other: 300)
    let cause = try #require(told.first { $0.id == .tarpitErrorDelay })
    #expect(cause.grade == .consistent)
    #expect(
      cause.pro.contains {
        $0.hasPrefix("each of 2 refusals took 400.0 ms") && $0.hasSuffix("5.1.1 No such user")
      })
    #expect(
      grade(of: .tarpitErrorDelay, in: try refusals(late, other: .milliseconds(390))) == .excluded)
    #expect(grade(of: .tarpitErrorDelay, in: try refusals(late, other: nil)) == .notShown)
    let uneven: [Microseconds] = [.milliseconds(400), .milliseconds(700)]
    #expect(grade(of: .tarpitErrorDelay, in: try refusals(uneven, other: 300)) == nil)
  }

  @Test(
    "takes an alert behind the server's request for a certificate for one about that",
    arguments: [
      ("handshake_failure", .askedFor, [.tls13LateClientCertError]),
      ("decode_error", .askedFor, [.tls13LateClientCertError]),
      ("unknown_ca", .shown, [.tls13LateClientCertError]),
      ("decode_error", .shown, []), ("bad_record_mac", .askedFor, []),
      ("handshake_failure", .notAskedFor, [.tlsLegacyIntolerance]),
      ("handshake_failure", nil, [.tlsLegacyIntolerance]),
    ] as [(String, OwnCertificate?, [CauseID])])
  func ownCertificate(alert: String, own: OwnCertificate?, ids: [CauseID]) throws {
    var session = Self.toTwo
    session.isUnderTLS = true
    session.helloSize = 300
    let causes = try causes(session) { session in
      var trace = session.trace(.alerted)
      trace.ending = .tlsFailed(
        TLSFailureRecord(name: "GNUTLS_E_FATAL_ALERT_RECEIVED", text: "", alert: alert))
      trace.tls?.clientCertificate = own
      return trace
    }
    #expect(causes.filter { $0.grade <= .consistent }.map(\.id) == ids)
  }

  /// A session whose connection ends so long after it was made, behind so many recipients.
  private static func ended(
    _ session: PlayedSession, after time: Microseconds, accepted: Int
  ) -> Trace {
    var trace = session.trace(.closedAfter(accepted))
    trace.attempts = [
      ConnectionAttempt(
        address: "192.0.2.25", port: 25, start: 100, duration: 900, failure: nil,
        failureOrigin: nil)
    ]
    trace.duration = 1_000 + time
    return trace
  }

  @Test(
    "tells a limit of a session's time from one of recipients by a slower session",
    arguments: [
      (Microseconds.seconds(4), 4, true), (.milliseconds(4_050), 2, true),
      (.milliseconds(6_000), 4, false), (.seconds(4), 9, false),
    ])
  func endOfTime(time: Microseconds, accepted: Int, isTime: Bool) throws {
    var session = DecoyTests.forty
    session.patience = .seconds(5)
    let causes = try causes(session) { session in
      if session.recipients.count <= 8 { return session.trace(.served) }
      let isSlower = session.variation?.value.hasSuffix(" apart") == true
      return Self.ended(
        session, after: isSlower ? time : .seconds(4), accepted: isSlower ? accepted - 1 : 8)
    }
    #expect((grade(of: .sessionTimeLimit, in: causes) == .consistent) == isTime)
    if isTime { #expect(grade(of: .rcptLimit, in: causes) == .excluded) }
  }

  @Test("asks no more of a server that answered EHLO inside its greeting")
  func teaser() throws {
    var trace = PlayedSession().trace(.served)
    trace.options["pregreet"] = .flag(true)
    trace.replies = [reply(.banner, 250, "mx")]
    trace.replies[0].lines = ["mx ESMTP", "mx", "SIZE"]
    trace.replies[0].linePrefixes = ["220-", "250-", "250 "]
    trace.ending = .timedOut(.reply)
    trace.endingStage = .ehlo
    trace.waited = .seconds(30)
    var sessions = 0
    var investigation = Investigation(Subject())
    let conclusion = try #require(
      investigation.play { _, _ in
        sessions += 1
        return trace
      })
    #expect(sessions == 1)
    #expect(grade(of: .greetPausePregreet, in: conclusion.causes) == .consistent)
  }

  @Test("looks for a PROXY header where the greeting is a 421 behind a silence")
  func headerGivenUp() throws {
    var given = PlayedSession().trace(.served)
    given.replies = [reply(.banner, 421, "4.3.2 No system resources")]
    given.replies[0].wait = .seconds(5)
    given.commands = []
    given.ledger = Ledger(
      written: 0, sent: 0, acknowledged: 0, answered: 0, unsent: 0, received: 31)
    given.endingStage = .banner
    let causes = try causes(Self.toTwo) { session in
      session.variation?.name == "proxy" ? session.trace(.served) : given
    }
    #expect(grade(of: .proxyHeaderExpected, in: causes) == .confirmed)
    #expect(grade(of: .banner5xxOrDrop, in: causes) == .excluded)
  }
}

extension PlayedSession {
  /// Whether its sender is the null one.
  fileprivate var isBounce: Bool { asked.from == "<>" }
}
