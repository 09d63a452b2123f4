package import Diagnosis
package import SessionTrace

/// All that is said of a session with every place of a domain; every format is made of this alone.
package struct DomainReport: Sendable, Equatable {
  package var tool: ToolRecord
  /// RFC 3339, of the first session that ended; `nil` when none did.
  package var startedAt: String?
  package var duration: Microseconds
  package var arguments: [String]
  /// The target as typed.
  package var given: String
  /// What decided the order of exchangers that have one preference.
  package var seed: UInt64
  /// The sender whose way decides the exit status; `nil` where the worst place does.
  package var habit: SenderHabit?
  /// Whether every place was visited.
  package var isComplete: Bool
  /// In the order in which a sender tries them.
  package var places: [ReportedPlace]
  /// What is out of the ordinary about the names that led to them; plain ASCII.
  package var notes: [String]
  package var redaction = RedactionRecord()

  package init(
    tool: ToolRecord, startedAt: String?, duration: Microseconds, arguments: [String],
    given: String, seed: UInt64, habit: SenderHabit?, isComplete: Bool, places: [ReportedPlace],
    notes: [String] = []
  ) {
    self.tool = tool
    self.startedAt = startedAt
    self.duration = duration
    self.arguments = arguments
    self.given = given
    self.seed = seed
    self.habit = habit
    self.isComplete = isComplete
    self.places = places
    self.notes = notes
  }

  /// What the process ends with: the worst place's, or that of the last place on the sender's way.
  package var exitCode: Int {
    guard let decisive else { return isComplete ? 0 : 2 }
    return decisive.exitCode
  }

  /// The place that decides; the first of several that are as bad.
  private var decisive: ReportedPlace? {
    if let habit {
      return ExchangerWalk(habit, through: places.map(\.outcome)).visited.last.map { places[$0] }
    }
    return counted.reduce(nil) { worst, place in
      guard let worst else { return place }
      return place.severity > worst.severity ? place : worst
    }
  }

  /// The ways of the senders that are told of.
  var walks: [ExchangerWalk] {
    let outcomes = places.map(\.outcome)
    return SenderHabit.all.map { ExchangerWalk($0, through: outcomes) }
  }

  /// The session with the first place that is not as it should be.
  package var firstFailure: SessionReport? {
    places.first { !$0.isWell && $0.session != nil }?.session
  }

  /// Those that say something about the domain; all where this host has a way to none.
  var counted: [ReportedPlace] {
    let reachable = places.filter { !$0.isBeyondThisHost }
    return reachable.isEmpty ? places : reachable
  }

  /// Those that are as they should be.
  var good: [ReportedPlace] { places.filter(\.isWell) }
}
