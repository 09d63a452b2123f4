/// How far the server lets sessions in, and whether it has let none in since some connection.
///
/// Sessions that worked and then nothing but refusals at the door are no failure that comes and goes,
/// and no effect of what was varied: the server, or something in front of it, has had enough of this
/// host. Programs that ban hosts act so, and limits of connections.
struct Door: Sendable {
  /// A session that did not come as far as those before.
  private struct Refusal {
    var number: Int
    /// A control that had the server to itself.
    var isProof: Bool
  }

  /// How far sessions as given come while the door is open; `nil` before the first.
  private var usual: Reach?
  private var letIn = 0
  /// The greatest number of a session that was let in.
  private var last = 0
  private var refusals: [Refusal] = []
  /// What becomes of sessions that are let in.
  private var inside = InnerDoor()

  /// Refusals in a row, and sessions in all, from which on it is no accident: a door that is shut at
  /// random half the time looks so once in a hundred investigations, and at no rate more than in five.
  static let enough = (refused: 3, sessions: 8)

  /// Takes a session into account; false where it did not come as far as usual.
  ///
  /// Sessions of one `turn` run side by side, unless one `isAlone`.
  mutating func letsIn(
    _ trial: Trial, _ outcome: SweepOutcome, turn: Int, isAlone: Bool
  ) -> Bool {
    guard let reach = Reach(outcome) else { return true }
    guard let usual, reach < usual else {
      inside.take(trial, outcome, turn: turn, isAlone: isAlone)
      if trial.variation == nil { usual = max(usual ?? reach, reach) }
      letIn += 1
      last = max(last, trial.number)
      return true
    }
    // Another address, or another port of ours, may be shut by itself.
    if !trial.leadsElsewhere {
      refusals.append(Refusal(number: trial.number, isProof: isAlone && trial.variation == nil))
    }
    return false
  }

  /// Whether the sessions asked for last were not let in, whatever their variations.
  var isInDoubt: Bool { refusals.contains { $0.number > last } || inside.isInDoubt }

  /// Number of the first connection from which on none was let in; `nil` while that may be an accident.
  var shutFrom: Int? {
    let since = refusals.filter { $0.number > last }
    guard since.count >= Self.enough.refused, since.count + letIn >= Self.enough.sessions,
      since.contains(where: \.isProof)
    else { return shutInside?.from }
    return since.map(\.number).min()
  }

  /// The same where sessions are let in and come no further than some place.
  var shutInside: InnerDoor.Shut? { inside.shut }

  /// The door for sessions in which that is varied for good which led the others to these ends.
  func behind(_ outcomes: [SweepOutcome]) -> Door {
    var door = self
    door.inside = InnerDoor(behind: outcomes)
    return door
  }
}

extension Trial {
  /// Whether it goes to, or comes from, a place that may be shut by itself.
  var leadsElsewhere: Bool { variation?.leadsElsewhere == true }
}
