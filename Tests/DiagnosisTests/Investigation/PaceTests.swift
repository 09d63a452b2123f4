import Diagnosis
import SessionTrace
import Testing

/// How long sessions wait, once it is seen how long replies take.
@Suite("The pace of an investigation")
struct PaceTests {
  private struct Course {
    var conclusion: InvestigationConclusion
    var waits: [Microseconds?]
  }

  /// Plays a server that ends sessions as `end` says, at the usual patience.
  private func course(_ end: (PlayedSession) -> PlayedEnd) throws -> Course {
    var waits: [Microseconds?] = []
    var investigation = Investigation(Subject(patience: .seconds(30)))
    let conclusion = investigation.play { trial, _ in
      waits.append(trial.wait)
      var session = PlayedSession()
      session.patience = .seconds(30)
      session = session.varied(trial.variation)
      if let wait = trial.wait { session.patience = wait }
      return session.trace(end(session))
    }
    return Course(conclusion: try #require(conclusion), waits: waits)
  }

  @Test("waits three seconds behind quick replies, and as long as asked only at first")
  func quick() throws {
    let course = try course { $0.isPipelined ? .silent(.mail) : .served }
    #expect(course.conclusion.causes.first?.id == .pipeliningAdvertisedBroken)
    #expect(course.conclusion.causes.first?.grade == .confirmed)
    // The first control, and two that wait longer.
    #expect(course.waits.count { $0 == nil } == 3)
    #expect(course.waits.compactMap(\.self).allSatisfy { $0 == .seconds(3) })
    #expect(course.conclusion.pace?.wait == .seconds(3))
    #expect(course.conclusion.pace?.patience == .seconds(30))
  }

  @Test("gives a session that stops elsewhere the whole wait")
  func elsewhere() throws {
    let course = try course { $0.isPipelined ? .silent(.mail) : .paced([.rcpt: .seconds(8)]) }
    let alone = course.conclusion.experiments.first { $0.variation == .pipeliningOff }
    #expect(alone?.effect == .gone)
  }

  @Test("asks again what was given up before something slower came")
  func slower() throws {
    let late = try course { _ in .paced([.data: .seconds(40)]) }
    #expect(late.conclusion.causes.first?.id == .data354Delayed)
    let experiment = late.conclusion.experiments.first { $0.variation == .pipeliningOff }
    #expect(experiment?.effect == .same)
    #expect(late.waits.last == .some(nil))
    #expect(late.conclusion.pace?.slowest == .seconds(40))
    #expect(late.conclusion.pace?.wait == .seconds(30))
  }
}
