/// Why a sweep ended before it had tested what it wanted.
package enum SweepStop: String, Codable, Sendable {
  /// The server said 421 (RFC 5321 section 3.8): it wants no more of us.
  case turnedAway = "421"
  /// Sessions were served, and then none was let in any more.
  case lockedOut = "locked_out"
  /// Nobody answered at the target.
  case unreachable
  /// The connections that were allowed are used up.
  case sessionLimit = "session_limit"
  /// SIGINT or SIGTERM.
  case signal

  /// The sentence for people; so many sessions had told something.
  package func text(after sessions: Int) -> String {
    switch self {
    case .turnedAway: "stopped by a 421: the server wants no more sessions from us"
    case .lockedOut:
      "locked out from connection \(sessions + 1) on: those before were served, and then"
        + " \(Sweep.lockedOut) in a row were not let in (a ban, or a limit of connections)"
    case .unreachable: "stopped: the target cannot be reached"
    case .sessionLimit: "stopped at the most connections that were allowed"
    case .signal: "stopped by a signal"
    }
  }
}
