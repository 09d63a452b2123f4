import Diagnosis
import SMTPDialogue
import SessionTrace
import Testing

/// Investigations that go on to measure which sizes fail.
@Suite("A measurement in a diagnosis")
struct MeasurementTests {
  /// What a series comes to at a server that ends sessions so; the sessions of the whole, too.
  private func play(
    _ session: PlayedSession, limit: Int = 400, _ end: (Int, PlayedSession) -> PlayedEnd
  ) -> (conclusions: [InvestigationConclusion], trials: [Trial]) {
    played(session, limit: limit) { trial, played, _ in played.trace(end(trial.number, played)) }
  }

  /// The same with traces of the caller's, who is told how many sessions are open.
  private func played(
    _ session: PlayedSession, limit: Int = 400, _ trace: (Trial, PlayedSession, Int) -> Trace
  ) -> (conclusions: [InvestigationConclusion], trials: [Trial]) {
    var series = InvestigationSeries(
      Subject(message: session.message, patience: session.patience), limit: limit)
    var action = series.start()
    var waiting: [Trial] = []
    var trials: [Trial] = []
    while true {
      switch action {
      case .conclude(let conclusions): return (conclusions, trials)
      case .run(let more): waiting += more
      case .wait: break
      }
      guard !waiting.isEmpty else { return ([], trials) }
      let trial = waiting.removeFirst()
      trials.append(trial)
      let played = (trial.base + [trial.variation].compactMap(\.self)).reduce(session) {
        $0.varied($1)
      }
      let trace = trace(trial, played, waiting.count + 1)
      action = series.receive(.ended(trial, trace, verdict(of: trace)))
    }
  }

  private static let boundary: PlayedSession = PlayedSession()

  private func isAtBoundary(_ session: PlayedSession) -> Bool {
    session.isPipelined && session.envelope.size % 512 == 1
  }

  @Test("finds all sizes of an envelope that a boundary swallows, and says that there is no other")
  func envelopes() throws {
    let (conclusions, trials) = play(Self.boundary) { _, session in
      isAtBoundary(session) ? .silent(.mail) : .served
    }
    let conclusion = try #require(conclusions.first)
    #expect(conclusion.causes.first?.id == .resegBoundaryLoss)
    let measurement = try #require(conclusion.measurement)
    #expect(measurement.conclusion.failing.map(\.from) == [513, 1_025])
    #expect(
      measurement.sentence.hasPrefix(
        "envelopes of 513 and 1,025 bytes fail, and no other of "))
    #expect(Set(trials.map(\.number)).count == trials.count)
  }

  @Test("finds the most that a message may have to the byte", arguments: [300, 1_398, 49_999])
  func messages(limit: Int) throws {
    let session = DecoyTests.message(String(repeating: "x", count: 70) + "\r\n", size: 50_000)
    let (conclusions, _) = play(session) { _, session in
      (session.message?.size ?? 0) > limit ? .closed(.body) : .served
    }
    let conclusion = try #require(conclusions.first)
    #expect(conclusion.causes.contains { $0.id == .sizeDropNo5xx && $0.grade == .consistent })
    let measurement = try #require(conclusion.measurement)
    #expect(measurement.greatestPassing == limit)
    #expect(measurement.sentence == "messages over \(grouped(limit)) bytes fail")
    #expect(measurement.sessions <= 60)
  }

  @Test(
    "says that a stop is a power of two, and names what that looks like",
    arguments: [65_533, 65_536])
  func powerOfTwo(limit: Int) throws {
    let session = DecoyTests.message(String(repeating: "x", count: 70) + "\r\n", size: 300_000)
    let (conclusions, _) = play(session) { _, session in
      (session.message?.size ?? 0) > limit ? .closed(.body) : .served
    }
    let conclusion = try #require(conclusions.first)
    #expect(conclusion.measurement?.powerOfTwo == 65_536)
    #expect(conclusion.measurement?.sentence.hasSuffix("(65,536 is a power of two)") == true)
    #expect(conclusion.causes.contains { $0.id == .exact64kStop && $0.grade == .consistent })
    let (others, _) = play(session) { _, session in
      (session.message?.size ?? 0) > 66_000 ? .closed(.body) : .served
    }
    #expect(others.first?.causes.contains { $0.id == .exact64kStop } == false)
  }

  @Test("finds both ends of a band of ClientHello sizes")
  func helloes() throws {
    let (conclusions, _) = play(DecoyTests.hello(of: 350)) { _, session in
      (261...516).contains(session.helloSize ?? 0) ? .silent(.tls) : .served
    }
    let conclusion = try #require(conclusions.first)
    #expect(conclusion.causes.first?.id == .clienthello256511)
    let measurement = try #require(conclusion.measurement)
    #expect(
      measurement.sentence == "ClientHellos of 261 to 516 bytes fail; those of 260 and 517 pass")
  }

  @Test("measures nothing where no size makes a difference, or the failure is of another kind")
  func nothingToMeasure() throws {
    let (pipelining, _) = play(Self.boundary) { _, session in
      session.isPipelined ? .silent(.mail) : .served
    }
    #expect(pipelining.first?.measurement == nil)
    let (healthy, _) = play(Self.boundary) { _, _ in .served }
    #expect(healthy.first?.measurement == nil)
  }

  @Test("keeps to the sessions that are allowed in all", arguments: [40, 50, 60, 70])
  func limited(limit: Int) throws {
    let (conclusions, trials) = play(Self.boundary, limit: limit) { _, session in
      isAtBoundary(session) ? .silent(.mail) : .served
    }
    #expect(!conclusions.isEmpty && trials.count <= limit)
  }

  @Test("keeps to them where sessions are made again with more time, too")
  func limitedAtAnyPace() {
    var session = Self.boundary
    session.patience = .seconds(30)
    var madeAgain = 0
    for limit in stride(from: 40, through: 76, by: 2) {
      let (conclusions, trials) = played(session, limit: limit) { trial, played, _ in
        var played = played
        if let wait = trial.wait { played.patience = wait }
        let isFailing = isAtBoundary(played)
        var trace = played.trace(isFailing ? .silent(.mail) : .served)
        // At a size that only the measurement meets, what comes takes nearly as long as is waited: it was given up
        // too soon.
        if isFailing, played.envelope.size > 600, let wait = trial.wait {
          trace.replies[0].wait = wait - 100_000
        }
        return trace
      }
      #expect(!conclusions.isEmpty && trials.count <= limit, "\(limit)")
      #expect(trials.map(\.number) == Array(1...trials.count), "\(limit)")
      for size in conclusions.first?.measurement?.sizes ?? [] where size.value > 600 {
        let waits = trials.filter { $0.variation?.envelopeSize == size.value }.map {
          $0.wait ?? session.patience
        }
        // What was made again with more time counts for nothing, and nothing else does.
        let longer = zip(waits, waits.dropFirst()).count { $0 < $1 }
        #expect(waits.count - longer == size.tries + size.unplanned, "\(size.value) at \(limit)")
        madeAgain += longer
      }
    }
    // Some of the limits end the measurement after it has met one of these.
    #expect(madeAgain > 0)
  }

  @Test("goes on one session at a time where those side by side are turned away")
  func crowded() throws {
    let (conclusions, trials) = played(Self.boundary) { trial, played, open in
      guard open == 1 || trial.number < 40 else { return played.trace(.refused(.banner, 421)) }
      return played.trace(isAtBoundary(played) ? .silent(.mail) : .served)
    }
    let measurement = try #require(conclusions.first?.measurement)
    #expect(measurement.conclusion.failing.map(\.from) == [513, 1_025])
    #expect(measurement.conclusion.stop == nil)
    #expect(trials.count < 200)
  }

  @Test("leaves a server alone that wants no more, with ever longer pauses before")
  func turnedAway() throws {
    let (conclusions, trials) = play(Self.boundary) { number, session in
      number > 60
        ? .refused(.banner, 421) : isAtBoundary(session) ? .silent(.mail) : .served
    }
    let measurement = try #require(conclusions.first?.measurement)
    #expect(measurement.conclusion.stop == .turnedAway)
    // Of those by themselves the last are four, two seconds apart and more.
    #expect(trials.suffix(4).map(\.pause) == [0, 2, 4, 8].map { Microseconds.seconds($0) })
    #expect(conclusions.count == 1)
  }

  @Test("counts for nothing what ends in another failure, and ends when nobody is let in")
  func lockedOut() throws {
    let (conclusions, trials) = play(Self.boundary) { number, session in
      number > 60 ? .silent(.banner) : isAtBoundary(session) ? .silent(.mail) : .served
    }
    let measurement = try #require(conclusions.first?.measurement)
    #expect(measurement.conclusion.stop == .lockedOut)
    #expect(measurement.conclusion.failing.allSatisfy { $0.from % 512 == 1 && $0.isSingle })
    #expect(trials.count < 100)
  }
}
