import SessionTrace

/// Refusals that come late, each after much the same wait, where everything else is answered at once.
///
/// Work takes now more, now less time; a delay that a server was told to make before it refuses is constant.
struct RefusalPause {
  /// Refusals that came so.
  var count: Int
  /// The shortest of their waits.
  var least: Microseconds
  /// The longest wait for any other reply.
  var other: Microseconds

  /// `each of 2 refusals took 400.1 ms, and every other reply 0.3 ms at most`.
  var text: String {
    "each of \(Diagnosis.count(count, "refusal")) took \(durationText(least)), and every other reply"
      + " \(durationText(other)) at most"
  }
}

extension Trace {
  /// Two refusals of commands or more that were held back so; `nil` where there are none.
  var pauseOfRefusals: RefusalPause? {
    let known = finalFacts?.roundTrip ?? finalFacts?.leastRoundTrip ?? 0
    let roundTrip = min(max(known, 0), .seconds(60))
    func isLate(_ reply: ReplyRecord) -> Bool {
      reply.code >= 400 && reply.stage < .body && reply.wait >= roundTrip + .milliseconds(200)
    }
    let due = replies.filter { $0.wasDue && $0.stage > .banner }
    let late = due.filter(isLate).map(\.wait)
    guard late.count >= 2, let least = late.min(), let most = late.max(),
      most - least <= max(.milliseconds(5), least / 10)
    else { return nil }
    let other = due.filter { !isLate($0) }.map(\.wait).max() ?? 0
    guard other <= roundTrip + least / 4 else { return nil }
    return RefusalPause(count: late.count, least: least, other: other)
  }
}
