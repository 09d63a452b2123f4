import Diagnosis
package import SessionTrace

/// How long the sessions of a diagnosis waited, and by what.
package struct DiagnosisPace: Codable, Sendable, Equatable {
  /// For each reply, as the user asked.
  package let patience: Microseconds
  /// Of the replies, handshakes and so on that came.
  package let slowest: Microseconds
  /// How long a reply stays away that counts as missing, by the pace of all sessions.
  package let wait: Microseconds

  private enum CodingKeys: String, CodingKey {
    case patience = "timeout_us"
    case slowest = "slowest_us"
    case wait = "wait_us"
  }

  init(_ pace: Pace) {
    patience = pace.patience
    slowest = pace.slowest
    wait = pace.wait
  }
}

extension DiagnosisReport {
  /// `for a reply 30 s in 3 sessions, 3 s in 60, 60 s in 2; the slowest that came took 45.0 ms`; `nil`
  /// where all waited as their user asked.
  var waits: String? {
    guard let pace, sessions.contains(where: { $0.wait != nil }) else { return nil }
    var counts: [(wait: Microseconds, sessions: Int)] = []
    for wait in sessions.map({ $0.wait ?? pace.patience }) {
      if let place = counts.firstIndex(where: { $0.wait == wait }) {
        counts[place].sessions += 1
      } else {
        counts.append((wait, 1))
      }
    }
    let parts = counts.enumerated().map { place, one in
      "\(durationText(one.wait)) in "
        + (place == 0 ? count(one.sessions, "session") : String(one.sessions))
    }
    let slowest =
      pace.slowest > 0 ? "; the slowest that came took \(durationText(pace.slowest))" : ""
    return "for a reply " + parts.joined(separator: ", ") + slowest
  }

  /// `the greeting came after 8.000 s each time`, where a longer wait brought what was missing; `the server
  /// gave up after 20.000 s each time`, where it outlasted the server's own; `nil` elsewhere.
  var delay: String? {
    guard let control else { return nil }
    let text = given.experiments.lazy.filter { $0.effect == .gone }.compactMap {
      $0.waits.text(of: .reply)
    }.first
    let isGreeting = control.verdict.stage == .banner
    if let text { return "\(isGreeting ? "the greeting" : "the missing reply") came \(text)" }
    guard control.verdict.status == .stalled else { return nil }
    let end = given.experiments.lazy.compactMap { $0.waits.text(of: .gaveUp) }.first
    return end.map { "the server gave up \($0)" }
  }
}
