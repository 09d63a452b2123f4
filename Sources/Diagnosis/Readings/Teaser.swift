import SessionTrace

/// A greeting of several lines whose first is said at once and whose last only after a pause, so that who
/// takes a line for the whole talks into it (Postfix, `postscreen_greet_banner`).
extension Trace {
  /// How long the greeting paused between two of its lines; `nil` where it did not, or no longer than a lost
  /// segment would take.
  var teaserPause: Microseconds? {
    guard let greeting = replies.first, greeting.stage == .banner,
      let place = greeting.cuts.firstIndex(of: "between_lines"),
      greeting.gaps.indices.contains(place)
    else { return nil }
    let known = finalFacts?.roundTrip ?? finalFacts?.leastRoundTrip ?? 0
    let gap = greeting.gaps[place]
    return gap >= .milliseconds(350) + min(max(known, 0), .seconds(60)) ? gap : nil
  }

  /// Whether the greeting was begun, and its next line is one of the reply to EHLO: the server was not done with
  /// it when we spoke.
  var answersInsideGreeting: Bool {
    guard let greeting = replies.first, greeting.stage == .banner,
      let prefixes = greeting.linePrefixes, prefixes.first == "220-"
    else { return false }
    return prefixes.dropFirst().contains { $0.hasPrefix("250") }
  }
}
