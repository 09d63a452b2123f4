/// Why an investigation ended before it had asked all it wanted.
package enum InvestigationStop: String, Codable, Sendable {
  /// The server said 421 (RFC 5321 section 3.8): it wants no more of us.
  case turnedAway = "421"
  /// The connections that were allowed are used up.
  case sessionLimit = "session_limit"
  /// SIGINT or SIGTERM.
  case signal

  /// The sentence for people.
  package var text: String {
    switch self {
    case .turnedAway: "stopped by a 421: the server wants no more sessions from us"
    case .sessionLimit: "stopped at the most connections that were allowed"
    case .signal: "stopped by a signal"
    }
  }
}
