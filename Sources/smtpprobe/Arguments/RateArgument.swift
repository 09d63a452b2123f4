import ArgumentParser
import SessionTrace

/// The value of `--rate`: `2/s`, `30/m`, a bare number a second.
struct RateArgument: ExpressibleByArgument, Equatable {
  /// Sessions, and the seconds in which so many may begin.
  var sessions: Double
  var seconds: Double

  init?(argument: String) {
    let parts = argument.split(separator: "/", omittingEmptySubsequences: false)
    guard let first = parts.first, let sessions = Double(first), (0.001...10_000).contains(sessions)
    else { return nil }
    self.sessions = sessions
    switch parts.dropFirst() {
    case [], ["s"]: seconds = 1
    case ["m"], ["min"]: seconds = 60
    default: return nil
    }
  }

  /// From the start of one session to that of the next.
  var interval: Microseconds { Microseconds(seconds * 1_000_000 / sessions) }
}
