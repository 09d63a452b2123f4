/// Whether from some session on all end at one place inside, where none ended before.
///
/// Programs that ban hosts, and servers that count, may let a host in and have enough of it at MAIL, at RCPT or
/// later: they refuse there, hang up, or say nothing. Since a variation may do the same, and a
/// failure may come and go, it takes a session as given that ends so, and then none that comes past.
struct InnerDoor: Sendable {
  /// A session that was let in.
  private struct End {
    var number: Int
    /// Which of them ran side by side.
    var turn: Int
    var outcome: SweepOutcome
    var isControl: Bool
    /// A control that had the server to itself.
    var isProof: Bool
  }

  /// From which session on it is shut, and the sessions that count for nothing therefore.
  struct Shut {
    var from: Int
    var forgotten: Set<Int>
  }

  /// How sessions as given end.
  private var usual: SweepOutcome?
  private var ends: [End] = []

  init() {}

  /// The door of sessions in which that is varied for good which led the others to these ends.
  init(behind outcomes: [SweepOutcome]) {
    usual = outcomes.first
    ends = outcomes.map {
      End(number: 0, turn: 0, outcome: $0, isControl: false, isProof: false)
    }
  }

  /// Takes a session that was let in into account.
  mutating func take(_ trial: Trial, _ outcome: SweepOutcome, turn: Int, isAlone: Bool) {
    guard !trial.leadsElsewhere else { return }
    let isControl = trial.variation == nil
    if isControl, usual == nil { usual = outcome }
    ends.append(
      End(
        number: trial.number, turn: turn, outcome: outcome, isControl: isControl,
        isProof: isControl && isAlone))
  }

  /// Whether the last control ended as none did before, and nothing has come past since.
  var isInDoubt: Bool { refused != nil }

  /// `nil` while that may be an accident.
  var shut: Shut? {
    guard let refused, refused.since.count >= Door.enough.refused,
      ends.count >= Door.enough.sessions, refused.since.contains(where: \.isProof),
      let from = refused.since.map(\.number).filter({ $0 > refused.lastServed }).min()
    else { return nil }
    return Shut(from: from, forgotten: refused.forgotten)
  }

  /// Sessions that ended where the last control did, since any came past that place.
  private struct Refused {
    var lastServed: Int
    var since: [End]
    var forgotten: Set<Int>
  }

  /// `nil` where the last control came as far as usual, or others ended there between those that did not.
  ///
  /// Of sessions side by side nobody knows which the server took first.
  private var refused: Refused? {
    let controls = ends.filter(\.isControl)
    guard let usual, let last = controls.max(by: { $0.number < $1.number })?.outcome,
      !last.isSameFailure(as: usual), last.status != .ok,
      usual.status == .ok || StageGroup(last.stage) <= StageGroup(usual.stage)
    else { return nil }
    let served = ends.filter {
      $0.outcome.status == .ok || $0.outcome.isSameFailure(as: usual)
        || StageGroup($0.outcome.stage) > StageGroup(last.stage)
    }
    let turn = served.map(\.turn).max() ?? 0
    let others = ends.filter { end in
      end.turn >= turn && !served.contains { $0.number == end.number }
    }
    let since = others.filter { $0.outcome.isSameFailure(as: last) }
    guard since.contains(where: \.isControl),
      controls.allSatisfy({ $0.turn >= turn || $0.outcome.isSameFailure(as: usual) })
    else { return nil }
    return Refused(
      lastServed: served.map(\.number).max() ?? 0, since: since,
      forgotten: Set(others.map(\.number)))
  }
}
