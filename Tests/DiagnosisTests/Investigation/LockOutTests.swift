@testable import Diagnosis
import SessionTrace
import Testing

/// Servers that have had enough of us in the middle of an investigation, as a ban makes them.
@Suite("An investigation that is locked out")
struct LockOutTests {
  struct Row: CustomTestStringConvertible, Sendable {
    var testDescription: String
    /// What becomes of each connection from the ban on.
    var banned: PlayedEnd
  }

  static let rows: [Row] = [
    Row(testDescription: "refused", banned: .unreachable),
    Row(testDescription: "not greeted", banned: .silent(.banner)),
    Row(testDescription: "dropped before a greeting", banned: .closed(.banner)),
    Row(testDescription: "greeted with 554", banned: .refused(.banner, 554)),
    Row(testDescription: "greeted with 450", banned: .refused(.banner, 450)),
  ]

  /// Bans that let a host in first.
  static let inside: [Row] = [
    Row(testDescription: "refused MAIL for good", banned: .refused(.mail, 550)),
    Row(testDescription: "put off at MAIL", banned: .refused(.mail, 450)),
    Row(testDescription: "refused RCPT for good", banned: .refused(.rcpt, 554)),
    Row(testDescription: "put off at RCPT", banned: .refused(.rcpt, 451)),
    Row(testDescription: "put off at DATA", banned: .refused(.data, 451)),
    Row(testDescription: "dropped at MAIL", banned: .closed(.mail)),
    Row(testDescription: "reset at RCPT", banned: .resetAt(.rcpt)),
    Row(testDescription: "not answered at RCPT", banned: .silent(.rcpt)),
    Row(testDescription: "dropped at EHLO", banned: .closed(.ehlo)),
    Row(testDescription: "not answered at EHLO", banned: .silent(.ehlo)),
  ]

  /// An envelope of one recipient.
  fileprivate static let small: PlayedSession = {
    var session = PlayedSession()
    session.recipients = [1]
    session.envelope = EnvelopeRecord(
      size: 42, sender: "", recipientCommands: 1, recipients: 1, padding: 0, pipelined: true)
    return session
  }()

  /// How the server fails before: a failure that a ban of that kind does not look like.
  private static func failure(before ban: PlayedEnd) -> PlayedEnd {
    switch ban {
    case .closed, .resetAt: .silent(.mail)
    default: .closed(.mail)
    }
  }

  @Test(
    "says from which connection on it comes no further inside", arguments: inside,
    [2, 3, 4, 6, 7, 12, 20])
  func bannedInside(row: Row, ban: Int) throws {
    let failure = Self.failure(before: row.banned)
    let conclusion = try #require(
      play(of: Self.small, from: ban, row.banned) { $0.isPipelined ? failure : .served })
    #expect(conclusion.stop == .lockedOut && conclusion.refusedFrom == ban)
    #expect(Set(conclusion.controls.map(\.status)).count == 1)
    #expect(conclusion.control?.verdict.status == conclusion.controls.first?.status)
    for experiment in conclusion.experiments {
      #expect(experiment.outcomes.allSatisfy { $0.isSame(as: failure) || $0.status == .ok })
    }
    #expect(![.intermittent, .nothingWrong].contains(conclusion.result))
  }

  @Test("keeps what was learnt before it came no further inside", arguments: inside)
  func learntInside(row: Row) throws {
    let failure = Self.failure(before: row.banned)
    let free = try #require(play(of: Self.small, row.banned) { $0.isPipelined ? failure : .served })
    let sessions =
      free.controls.count + free.experiments.reduce(0) { $0 + $1.outcomes.count }
    let conclusion = try #require(
      play(of: Self.small, from: sessions - 2, row.banned) { $0.isPipelined ? failure : .served })
    #expect(conclusion.stop == .lockedOut && conclusion.result == .causeFound)
    #expect(conclusion.causes.first?.id == .pipeliningAdvertisedBroken)
    #expect(conclusion.experiments.contains { $0.effect == .gone })
  }

  @Test(
    "does not call a server healthy that lets it in no further than to a command",
    arguments: inside, [2, 3, 4])
  func healthyInside(row: Row, ban: Int) throws {
    let conclusion = try #require(play(of: Self.small, from: ban, row.banned) { _ in .served })
    #expect(conclusion.stop == .lockedOut && conclusion.refusedFrom == ban)
    #expect(conclusion.result == .stopped)
    #expect(conclusion.controls.count == ban - 1 && conclusion.controlsFailed == 0)
  }

  @Test(
    "does not take a failure that comes and goes for a ban", arguments: inside, [2, 3, 4, 5])
  func comesAndGoes(row: Row, period: Int) throws {
    for phase in 0..<period {
      var investigation = Investigation(Subject(patience: .seconds(1)))
      let told = investigation.play { trial, _ in
        Self.small.varied(trial.variation).trace(
          trial.number % period == phase ? row.banned : .served)
      }
      let conclusion = try #require(told)
      #expect(conclusion.stop == nil)
    }
  }

  @Test("does not take a failure that goes away for a ban", arguments: inside)
  func goesAway(row: Row) throws {
    for last in 1...6 {
      var investigation = Investigation(Subject(patience: .seconds(1)))
      let told = investigation.play { trial, _ in
        Self.small.varied(trial.variation).trace(
          trial.number <= last ? row.banned : .served)
      }
      let conclusion = try #require(told)
      #expect(conclusion.stop == nil)
    }
  }

  @Test("sees it behind another failure, as far as that is another")
  func bannedBehind() throws {
    var series = InvestigationSeries(Subject(patience: .seconds(1)))
    var action = series.start()
    var waiting: [Trial] = []
    var first: Int?
    while true {
      if case .run(let trials) = action { waiting += trials }
      guard !waiting.isEmpty else { break }
      let trial = waiting.removeFirst()
      let session = PlayedSession().varied(trial.variation)
      let isPast = ([trial.variation] + trial.base).contains(.pipeliningOff)
      if !trial.base.isEmpty, first == nil { first = trial.number }
      let end: PlayedEnd =
        trial.base.isEmpty ? (isPast ? .closed(.quit) : .silent(.mail)) : .refused(.mail, 450)
      action = series.receive(.ended(trial, session.trace(end), verdict(of: session.trace(end))))
    }
    guard case .conclude(let conclusions) = action else {
      Issue.record("it does not end")
      return
    }
    #expect(conclusions.count == 2)
    #expect(conclusions.last?.stop == .lockedOut && conclusions.last?.refusedFrom == first)
  }

  /// Plays a server that fails so until it serves nobody, from that connection on.
  private func play(
    of given: PlayedSession = PlayedSession(), from ban: Int = .max, _ banned: PlayedEnd,
    serving end: (PlayedSession) -> PlayedEnd
  ) -> InvestigationConclusion? {
    var investigation = Investigation(Subject(patience: .seconds(1)))
    return investigation.play { trial, _ in
      let session = given.varied(trial.variation)
      return session.trace(trial.number >= ban ? banned : end(session))
    }
  }

  @Test("says from which connection on, and stops", arguments: rows, [2, 3, 4, 6, 7, 12, 20])
  func banned(row: Row, ban: Int) throws {
    let conclusion = try #require(
      play(from: ban, row.banned) { $0.isPipelined ? .silent(.mail) : .served })
    #expect(conclusion.stop == .lockedOut && conclusion.refusedFrom == ban)
    #expect(conclusion.controls.allSatisfy { $0.text == "stalled@mail" })
    #expect(conclusion.control?.verdict.status == .stalled)
    let refused = row.banned
    for experiment in conclusion.experiments {
      let outcomes = Set(experiment.outcomes.map(\.text))
      #expect(outcomes.isSubset(of: ["stalled@mail", "ok@data"]), "\(refused)")
    }
    #expect(![.intermittent, .nothingWrong].contains(conclusion.result))
  }

  @Test("does not count what is cut off when the ban falls")
  func cutOff() throws {
    for cut in 3...6 {
      var investigation = Investigation(Subject(patience: .seconds(1)))
      let told = investigation.play { trial, _ in
        let session = PlayedSession().varied(trial.variation)
        if trial.number > 6 { return session.trace(.unreachable) }
        return session.trace(trial.number >= cut ? .closed(.mail) : .silent(.mail))
      }
      let conclusion = try #require(told)
      #expect(conclusion.stop == .lockedOut && conclusion.refusedFrom == 7)
      #expect(conclusion.controls.allSatisfy { $0.text == "stalled@mail" })
      #expect(conclusion.experiments.allSatisfy { $0.effect != .other })
      #expect(conclusion.result != .intermittent)
    }
  }

  @Test("keeps what was learnt before", arguments: rows)
  func learnt(row: Row) throws {
    let free = try #require(
      play(row.banned) { $0.isPipelined ? .silent(.mail) : .served })
    let sessions =
      free.controls.count + free.experiments.reduce(0) { $0 + $1.outcomes.count }
    let conclusion = try #require(
      play(from: sessions * 7 / 8, row.banned) { $0.isPipelined ? .silent(.mail) : .served })
    #expect(conclusion.stop == .lockedOut)
    #expect(conclusion.result == .causeFound)
    #expect(conclusion.causes.first?.id == .pipeliningAdvertisedBroken)
    #expect(conclusion.experiments.contains { $0.effect == .gone })
  }

  @Test("does not call a server healthy that has locked it out", arguments: rows, [2, 3, 4])
  func healthy(row: Row, ban: Int) throws {
    let conclusion = try #require(play(from: ban, row.banned) { _ in .served })
    #expect(conclusion.stop == .lockedOut && conclusion.refusedFrom == ban)
    #expect(conclusion.result == .stopped)
    #expect(conclusion.controls.count == ban - 1 && conclusion.controlsFailed == 0)
  }

  @Test("asks for few connections more", arguments: [4, 7, 12, 20])
  func polite(ban: Int) throws {
    var asked = 0
    var investigation = Investigation(Subject(patience: .seconds(1)))
    _ = investigation.play { trial, _ in
      asked = max(asked, trial.number)
      return PlayedSession().varied(trial.variation).trace(
        trial.number >= ban ? .unreachable : .silent(.mail))
    }
    #expect(asked < ban + 8)
  }

  @Test("sees it at the last control, and behind another failure too")
  func late() throws {
    let free = try #require(
      play(.unreachable) { $0.isPipelined ? .silent(.mail) : .served })
    let sessions =
      free.controls.count + free.experiments.reduce(0) { $0 + $1.outcomes.count }
    let conclusion = try #require(
      play(from: sessions, .unreachable) { $0.isPipelined ? .silent(.mail) : .served })
    #expect(conclusion.stop == .lockedOut && conclusion.refusedFrom == sessions)
    #expect(conclusion.causes.first?.grade == .confirmed)

    var series = InvestigationSeries(Subject(patience: .seconds(1)))
    var action = series.start()
    var waiting: [Trial] = []
    while true {
      if case .run(let trials) = action { waiting += trials }
      guard !waiting.isEmpty else { break }
      let trial = waiting.removeFirst()
      let session = PlayedSession().varied(trial.variation)
      let isPast = ([trial.variation] + trial.base).contains(.pipeliningOff)
      let end: PlayedEnd = trial.base.isEmpty ? .silent(isPast ? .data : .mail) : .unreachable
      let trace = session.trace(end)
      action = series.receive(.ended(trial, trace, verdict(of: trace)))
    }
    guard case .conclude(let conclusions) = action else {
      Issue.record("it does not end")
      return
    }
    #expect(conclusions.allSatisfy { $0.result != .intermittent })
    if conclusions.count > 1 { #expect(conclusions.last?.stop == .lockedOut) }
  }

  @Test("is not told where only another address is shut")
  func elsewhere() throws {
    var investigation = Investigation(
      Subject(addresses: ["192.0.2.25", "2001:db8::25"], patience: .seconds(1)))
    let told = investigation.play { trial, _ in
      let session = PlayedSession().varied(trial.variation)
      let isElsewhere = trial.variation == .ipv6 || trial.variation?.name == "address"
      return session.trace(isElsewhere ? .unreachable : .silent(.mail))
    }
    let conclusion = try #require(told)
    #expect(conclusion.stop == nil && conclusion.result == .causeFound)
  }

  @Test("is not told of a door that opens again", arguments: 2...6)
  func opens(period: Int) throws {
    for shut in [PlayedEnd.unreachable, .silent(.banner), .refused(.banner, 554)] {
      var investigation = Investigation(Subject(patience: .seconds(1)))
      let told = investigation.play { trial, _ in
        PlayedSession().varied(trial.variation).trace(
          trial.number % period == 0 ? shut : .silent(.mail))
      }
      let conclusion = try #require(told)
      #expect(conclusion.stop == nil)
      #expect(!conclusion.causes.contains { $0.grade == .confirmed })
    }
  }
}

extension SweepOutcome {
  /// Whether a session that was played to that end shows this.
  fileprivate func isSame(as end: PlayedEnd) -> Bool {
    let other = SweepOutcome(verdict(of: LockOutTests.small.trace(end)))
    return status == other.status && stage == other.stage
  }
}
