import Diagnosis
import SMTPDialogue
import SessionTrace
import Testing

/// What a longer wait shows: a reply after all, the server's own limit, or nothing.
@Suite("An investigation that waits longer")
struct PatienceTests {
  private static let message: PlayedSession = sized(3_000)

  private static func sized(_ size: Int) -> PlayedSession {
    var session = PlayedSession()
    session.recipients = [1]
    session.envelope = EnvelopeRecord(
      size: 42, sender: "", recipientCommands: 1, recipients: 1, padding: 0, pipelined: true)
    session.message = .of(String(repeating: "x", count: 70) + "\r\n", size: size)
    return session
  }

  private func conclusion(
    _ session: PlayedSession = PlayedSession(), _ end: (PlayedSession, Int) -> PlayedEnd
  ) throws -> InvestigationConclusion {
    var investigation = Investigation(
      Subject(message: session.message, patience: session.patience))
    return try #require(
      investigation.play { trial, _ in
        let session = session.varied(trial.variation)
        return session.trace(end(session, trial.number))
      })
  }

  private func named(in conclusion: InvestigationConclusion) -> Set<CauseID> {
    Set(conclusion.causes.filter { $0.grade <= .consistent }.map(\.id))
  }

  private func reasons(in conclusion: InvestigationConclusion) -> String {
    conclusion.causes.flatMap { $0.pro + $0.con }.joined(separator: "\n")
  }

  private func patience(in conclusion: InvestigationConclusion) throws -> Experiment {
    try #require(
      conclusion.experiments.first { $0.variation.wait != nil })
  }

  @Test("tells a server's own limit, and not that nothing changed", arguments: [true, false])
  func limit(isInWords: Bool) throws {
    for stage in [Stage.banner, .mail, .data] {
      let conclusion = try conclusion { _, _ in
        .givenUp(stage, after: .milliseconds(5_000), words: isInWords && stage != .banner)
      }
      let experiment = try patience(in: conclusion)
      #expect(experiment.effect == .other && experiment.waits.allSatisfy { $0.kind == .gaveUp })
      #expect(reasons(in: conclusion).contains("the server gives up after 5.000 s"), "\(stage)")
      #expect(
        named(in: conclusion).isDisjoint(with: [.bannerDelay, .backlogNoBanner]), "\(stage)")
    }
  }

  @Test("does not take a limit of the server's own for a refusal of this host")
  func refusal() throws {
    var session = PlayedSession()
    session.patience = .seconds(8)
    let late = try conclusion(session) { _, _ in
      .givenUp(.banner, after: .seconds(5), words: false)
    }
    #expect(!named(in: late).contains(.banner5xxOrDrop))
    #expect(reasons(in: late).contains("gave up after 5.000 s"))
    let atOnce = try conclusion(session) { _, _ in .closed(.banner) }
    #expect(named(in: atOnce).contains(.banner5xxOrDrop))
  }

  @Test("tells a pause that is always the same with its length")
  func pause() throws {
    let same = try conclusion { _, _ in .greetedAfter(.seconds(8)) }
    #expect(reasons(in: same).contains("the greeting comes after 8.000 s each time"))
    #expect(named(in: same).contains(.greetPausePregreet))
    #expect(!named(in: same).contains(.backlogNoBanner))
    let varied = try conclusion { _, number in .greetedAfter(.seconds(Int64(3 + number % 5))) }
    #expect(reasons(in: varied).contains("s to "))
    #expect(named(in: varied).contains(.backlogNoBanner))
  }

  @Test("does not take a 451 behind a silence for an answer")
  func words() throws {
    let told = try conclusion(Self.message) { _, _ in .endAnswered(451, after: .seconds(5)) }
    #expect(try patience(in: told).effect == .other)
    #expect(!named(in: told).contains(.eodSlowOrDuplicate))
    #expect(reasons(in: told).contains("the server gives up after 5.000 s"))
    for code in [250, 550, 452] {
      let answered = try conclusion(Self.message) { _, _ in
        .endAnswered(code, after: .seconds(5))
      }
      #expect(try patience(in: answered).effect == .gone)
      #expect(named(in: answered).contains(.eodSlowOrDuplicate))
    }
  }

  @Test("asks for a smaller message only of one that is large")
  func small() throws {
    let server: (PlayedSession, Int) -> PlayedEnd = { session, _ in
      .endAnswered(250, after: (session.message?.size ?? 0) > 256 ? .seconds(5) : 1_000)
    }
    #expect(try named(in: conclusion(Self.message, server)).contains(.avProxyStoreAndForward))
    #expect(
      try !named(in: conclusion(Self.sized(300), server)).contains(.avProxyStoreAndForward))
  }

  @Test(
    "blames what left together also where the failure comes later",
    arguments: [.dot, .body, .quit] as [Stage])
  func group(stage: Stage) throws {
    for end in [PlayedEnd.silent(stage), .closed(stage)] {
      let conclusion = try conclusion(Self.message) { session, _ in
        session.isPipelined ? end : .served
      }
      #expect(conclusion.causes.first?.id == .pipeliningAdvertisedBroken, "\(end)")
      #expect(conclusion.causes.first?.grade == .confirmed, "\(end)")
      #expect(
        named(in: conclusion).isDisjoint(with: [
          .eodSlowOrDuplicate, .avProxyStoreAndForward, .quitIgnored,
          .sizeDropNo5xx, .genericTcpTermination,
        ]), "\(end)")
    }
  }

  @Test("does not blame it where the end is lost anyway", arguments: [.dot, .quit] as [Stage])
  func noGroup(stage: Stage) throws {
    let conclusion = try conclusion(Self.message) { _, _ in .silent(stage) }
    #expect(!named(in: conclusion).contains(.pipeliningAdvertisedBroken))
  }

  @Test("learns nothing in clear text of a server that wants TLS")
  func wantsTLS() throws {
    var session = PlayedSession()
    session.isUnderTLS = true
    let conclusion = try conclusion(session) { session, _ in
      if !session.isUnderTLS { return .refused(.mail, 530) }
      return session.isPipelined ? .silent(.rcpt) : .served
    }
    let clear = conclusion.experiments.first { $0.variation == .tlsOff }
    #expect(clear?.effect == .impossible && clear?.obstacle?.contains("530") == true)
    #expect(!conclusion.causes.contains { $0.grade == .confirmed })
  }

  @Test("takes unacknowledged bytes for another failure than a missing reply")
  func otherSilence() throws {
    let conclusion = try conclusion { session, _ in
      session.segmentSize < 1_000 ? .lost(.mail) : .silent(.mail)
    }
    let small = conclusion.experiments.first { $0.variation.name == "mss" }
    #expect(small?.effect == .other)
  }
}
