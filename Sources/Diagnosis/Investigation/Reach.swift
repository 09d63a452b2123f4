import SessionTrace

/// How far a server let a session in, whatever came of it.
enum Reach: Int, Comparable {
  case nowhere, connected, greeted

  /// `nil` where it was not the server that ended it, or no server was asked.
  init?(_ outcome: SweepOutcome) {
    switch outcome.status {
    case .interrupted, .internalError: return nil
    case .ok:
      self = .greeted
      return
    case .stalled, .closed, .reset, .rejected, .deferred, .unreachable, .tlsFailed,
      .protocolError:
      break
    }
    if outcome.stage == .resolve { return nil }
    switch StageGroup(outcome.stage) {
    case .connection: self = .nowhere
    case .greeting: self = .connected
    case .hello, .security, .envelope, .message, .leaving: self = .greeted
    }
  }

  static func < (left: Reach, right: Reach) -> Bool { left.rawValue < right.rawValue }
}
