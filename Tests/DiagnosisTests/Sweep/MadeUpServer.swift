import Diagnosis
import SessionTrace

/// A server of a line of code: which values fail, always or at times.
struct MadeUpServer {
  /// Whether a session at this value fails; asked in order, with the number of the session.
  var fails: (_ value: Int, _ session: Int) -> Bool
  var failure = SweepOutcome(
    status: .stalled, stage: .mail, custody: .acknowledgedUnanswered)
  var success = SweepOutcome(status: .ok, stage: .data)
  /// The session in which the server says 421, counted from 1.
  var turnsAwayAt = Int.max
  /// The session from which on nobody is let in, counted from 1, and how that looks.
  var locksOutFrom = Int.max
  var lockedOut = SweepOutcome(status: .unreachable, stage: .connect)
  /// Values that cannot be sent as planned.
  var unplanned: Set<Int> = []

  /// Some values, always.
  init(failing: Set<Int>) { fails = { value, _ in failing.contains(value) } }

  init(_ fails: @escaping (_ value: Int, _ session: Int) -> Bool) { self.fails = fails }

  /// Plays a sweep to its end.
  func play(_ plan: SweepPlan) -> Played {
    var sweep = Sweep(plan)
    var action = sweep.start()
    var sessions = 0
    var rounds: [[Int]] = []
    while true {
      switch action {
      case .conclude(let conclusion):
        return Played(conclusion: conclusion, rows: sweep.rows, sessions: sessions, rounds: rounds)
      case .wait:
        return Played(conclusion: nil, rows: sweep.rows, sessions: sessions, rounds: rounds)
      case .run(let values):
        rounds.append(values)
        for value in values {
          sessions += 1
          let outcome =
            sessions >= locksOutFrom ? lockedOut : fails(value, sessions) ? failure : success
          action = sweep.receive(
            SweepSession(
              value: value, outcome: outcome, isAsPlanned: !unplanned.contains(value),
              turnedAwayBy: sessions >= turnsAwayAt ? "421 4.7.0 Too much" : nil))
          if action != .wait { break }
        }
      }
    }
  }

  /// What came of it.
  struct Played {
    /// `nil` when the sweep waits for sessions that it never asked for.
    var conclusion: SweepConclusion?
    var rows: [SweepRow]
    var sessions: Int
    var rounds: [[Int]]

    /// The values that are held to fail, inferred ones too.
    var failing: [ClosedRange<Int>] { conclusion?.failing.map { $0.from...$0.to } ?? [] }
  }
}

/// Numbers that look random and are the same on every run (SplitMix64, Steele et al. 2014).
func scrambled(_ number: Int, seed: UInt64) -> UInt64 {
  var mixed = UInt64(number) &* 0x9E37_79B9_7F4A_7C15 &+ seed
  mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
  mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
  return mixed ^ (mixed >> 31)
}
