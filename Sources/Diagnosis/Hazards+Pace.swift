import SessionTrace

/// Hazards in the time replies take.
extension Trace {
  /// D13 `tarpit-error-delay`: replies that each took as long as the others; F7 `bdat-under-tarpit`,
  /// when they are those to chunks.
  ///
  /// Work takes now more, now less time; a delay that a server was told to make is constant. Three
  /// replies are the least that counts, half a second beyond the round trip each, and a spread of a
  /// twentieth the most.
  var constantDelays: Hazard? {
    let known = finalFacts?.roundTrip ?? finalFacts?.leastRoundTrip ?? 0
    let roundTrip = min(max(known, 0), .seconds(60))
    let late = replies.filter { reply in
      reply.wasDue && reply.stage > .banner && reply.wait >= roundTrip + .milliseconds(500)
        && reply.reads.count == 1
    }
    guard late.count >= 3, let least = late.map(\.wait).min(), let most = late.map(\.wait).max(),
      most - least <= max(.milliseconds(5), least / 20)
    else { return nil }
    let isAboutChunks = late.allSatisfy { $0.command?.hasPrefix("BDAT ") == true }
    return Hazard(
      id: isAboutChunks ? "bdat-under-tarpit" : "tarpit-error-delay",
      text:
        "\(late.count) replies took \(durationText(least)) each, as a delay does that a server was"
        + " told to make; with every further \(isAboutChunks ? "chunk" : "recipient") it adds up, until a client gives up"
    )
  }
}
