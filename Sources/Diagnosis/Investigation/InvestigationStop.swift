/// Why an investigation ended before it had asked all it wanted.
package enum InvestigationStop: String, Codable, Sendable {
  /// The server said 421 (RFC 5321 section 3.8): it wants no more of us.
  case turnedAway = "421"
  /// Sessions were served, and then none was let in any more.
  case lockedOut = "locked_out"
  /// The connections that were allowed are used up.
  case sessionLimit = "session_limit"
  /// SIGINT or SIGTERM.
  case signal

  /// The sentence for people; `first` is the number of the connection from which on it was so.
  package func text(from first: Int?) -> String {
    switch self {
    case .turnedAway:
      "stopped by a 421\(first.map { " to connection \($0)" } ?? ""): the server wants no more"
        + " sessions from us"
    case .lockedOut:
      "locked out\(first.map { " from connection \($0) on" } ?? ""): those before were served, and"
        + " then none was, not even as given (a ban, or a limit of connections)"
    case .sessionLimit: "stopped at the most connections that were allowed"
    case .signal: "stopped by a signal"
    }
  }
}
