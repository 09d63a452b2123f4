package import SessionTrace

/// The pauses that a server asks for which says 421 to a session by itself: it wants fewer of us, and not none.
///
/// A limit of sessions in a minute, or of those that wait for something to end, goes by. So the same session is made
/// again after a pause, which grows while it does not help, and then stands before every session.
package struct Rest: Sendable {
  /// What the server said first; `nil` while it has said nothing of the kind.
  package private(set) var words: String?
  /// Before each session.
  package private(set) var pause: Microseconds = 0
  /// Number of the first session of those that were turned away in a row; `nil` while the last was let in.
  private(set) var turnedAwayFrom: Int?
  /// How many were turned away in a row.
  private(set) var refusals = 0
  private var rested: Microseconds = 0

  private static let first = Microseconds.seconds(2)
  private static let longest = Microseconds.seconds(30)
  /// Sessions in a row from which on the server wants none of us.
  private static let enough = 4
  /// All pauses together are no longer.
  private static let budget = Microseconds.seconds(300)
  /// A variant that is turned away so often was so for what it varies, perhaps.
  static let ownDoing = 2

  /// Whether the server was asked with patience, and wants no more of us.
  var isOver: Bool { refusals >= Self.enough || rested > Self.budget }

  /// Keeps what the server says first.
  mutating func note(_ words: String?) { self.words = self.words ?? words }

  /// A session by itself was turned away.
  mutating func turnAway(_ number: Int, saying words: String?) {
    note(words)
    turnedAwayFrom = turnedAwayFrom ?? number
    refusals += 1
    // Now and then one is turned away at any pace; that the pause is too short shows in a row.
    pause = min(Self.longest, refusals == 1 ? max(Self.first, pause) : 2 * pause)
  }

  /// A session was let in.
  mutating func letIn() { (refusals, turnedAwayFrom) = (0, nil) }

  /// A session begins after the pause.
  package mutating func begin() -> Microseconds {
    rested += pause
    return pause
  }
}

extension Investigation {
  /// A 421 to a session by itself: it is made again after a pause, unless the server wants none at all.
  mutating func turnedAway(_ trial: Trial, _ trace: Trace, _ verdict: Verdict) -> Action {
    rest.turnAway(trial.number, saying: trace.turnedAwayBy?.quoted)
    isCrowded = true
    if canLookElsewhere(trial, trace, verdict) { return lookElsewhere(trial, trace, verdict) }
    guard !rest.isOver, sessions < limit else {
      return end(turnedAway: trial, trace, verdict)
    }
    if let variation = trial.variation, rest.refusals >= Rest.ownDoing {
      // Perhaps its own doing; the sessions behind it tell.
      keep(Ended(trial: trial, trace: trace, verdict: verdict, wasAlone: true))
      if case .experimenting(let variations, let open) = state, !variations.isEmpty {
        return ended(variations, open: open)
      }
      return again(variation)
    }
    return again(trial.variation)
  }

  private mutating func again(_ variation: Variation?) -> Action { .run([trial(variation)]) }
}
