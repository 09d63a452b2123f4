import ArgumentParser

/// The value of an option that a sweep can vary: `42..1100`, or what the option takes otherwise.
enum SweepValueArgument: ExpressibleByArgument, Equatable {
  case range(ClosedRange<Int>)
  /// The same in every session.
  case fixed(String)

  init?(argument: String) {
    guard let dots = argument.firstRange(of: "..") else {
      self = .fixed(argument)
      return
    }
    guard let lower = Int(argument[..<dots.lowerBound]),
      let upper = Int(argument[dots.upperBound...]), lower >= 1, lower <= upper
    else { return nil }
    self = .range(lower...upper)
  }
}

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
  var interval: Int64 { Int64(seconds * 1_000_000 / sessions) }

  var description: String { "\(sessions)/\(seconds == 1 ? "s" : "m")" }
}
