import Diagnosis
import SessionTrace
import Testing

/// Faults one behind the other.
@Suite("A series of investigations")
struct InvestigationSeriesTests {
  /// Plays a server whose sessions are as `trace` says for what is varied.
  private func conclusions(
    limit: Int = 200, _ trace: ([Variation]) -> Trace
  ) -> [InvestigationConclusion]? {
    var series = InvestigationSeries(Subject(patience: .seconds(1)), limit: limit)
    var action = series.start()
    var numbers: Set<Int> = []
    var waiting: [Trial] = []
    while true {
      switch action {
      case .conclude(let conclusions): return conclusions
      case .run(let trials): waiting += trials
      case .wait: break
      }
      guard !waiting.isEmpty else { return nil }
      let trial = waiting.removeFirst()
      // A number twice would be one report about two sessions.
      guard numbers.insert(trial.number).inserted else { return nil }
      let trace = trace(trial.base + (trial.variation.map { [$0] } ?? []))
      action = series.receive(.ended(trial, trace, verdict(of: trace)))
    }
  }

  /// The first fault is in the envelope's size, the second one at its DATA.
  private func isPast(_ variations: [Variation]) -> Bool {
    variations.contains(where: \.avoidsTheBoundary)
  }

  @Test("looks behind a failure when nothing leads to a session that passes")
  func behind() throws {
    let conclusions = try #require(
      conclusions { variations in
        guard isPast(variations) else { return .envelope(fails: true, with: variations.last) }
        return .leavesUnanswered(
          fails: !variations.contains { $0.wait != nil })
      })
    #expect(conclusions.map(\.result).first == .causeFound)
    #expect(conclusions.count == 2)
    #expect(conclusions[0].base.isEmpty && conclusions[1].base.count == 1)
    #expect(conclusions[0].causes.first?.id == .resegBoundaryLoss)
    #expect(conclusions[1].controlsFailed == conclusions[1].controls.count)
  }

  @Test("ends with the first failure when a variation leads to a session that passes")
  func single() throws {
    let conclusions = try #require(conclusions { .envelope(fails: !isPast($0), with: $0.last) })
    #expect(conclusions.count == 1)
    #expect(conclusions[0].causes.first?.id == .resegBoundaryLoss)
  }

  @Test("counts the sessions of all its parts against one limit", arguments: [8, 20, 30, 36])
  func limited(limit: Int) throws {
    var sessions = 0
    let conclusions = try #require(
      conclusions(limit: limit) { variations in
        sessions += 1
        return isPast(variations)
          ? .leavesUnanswered(fails: true) : .envelope(fails: true, with: variations.last)
      })
    #expect(sessions <= limit)
    #expect(conclusions.last?.stop == .sessionLimit || sessions < limit)
  }
}

extension Trace {
  /// A session whose QUIT is not answered.
  fileprivate static func leavesUnanswered(fails: Bool) -> Trace {
    var trace = Trace.envelope(fails: false, with: nil)
    guard fails else { return trace }
    trace.ending = .timedOut(.reply)
    trace.endingStage = .quit
    trace.waited = .seconds(1)
    return trace
  }
}
