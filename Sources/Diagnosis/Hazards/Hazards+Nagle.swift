import SessionTrace

/// B3 `server-side-nagle`: what a server writes bit by bit comes a delayed ACK apart.
///
/// With Nagle's algorithm the second small write waits for the ACK of the first, and our kernel keeps that
/// back for 40 ms in the hope of something to send (`TCP_DELACK_MIN` in `include/net/tcp.h`). What was
/// written meanwhile leaves together; a server that writes later waits anew. So it looks:
///
///     S: 250 2.1.0 Ok                       a segment
///        (the round trip, and 40 ms)
///     S: 250 2.1.5 Ok / 354 Go ahead        a segment
///
/// A gap of that length proves nothing by itself: a server works that long, a busy machine sleeps that
/// long, and does so for two replies in a row. So it must be seen in two places of a session, or three
/// times in one; or once, where the kernel counted two segments for four writes or more, and then the
/// other reading is told too. Measured on Linux 6.18.
extension Trace {
  var repliesOneByOne: Hazard? {
    if target.isUnixSocket { return nil }
    let found = heldBackFlights + heldBackReplies
    let gaps = found.flatMap(\.gaps)
    guard let gap = gaps.first else { return nil }
    let consequence =
      "that is what Nagle's algorithm does to a server that writes bit by bit"
    if found.count >= 2 || gaps.count >= 3 {
      return Hazard(
        id: .serverSideNagle,
        text: "\(gaps.count) times what the server had to say went on about \(durationText(gap))"
          + " after its first part, which is how long an acknowledgement may be put off;"
          + " \(consequence)")
    }
    guard let only = found.first(where: { $0.parts >= 4 && $0.segments == 2 }) else { return nil }
    return Hazard(
      id: .serverSideNagle,
      text:
        "once, the first of \(only.parts) \(only.unit) came by itself and the others in one segment"
        + " \(durationText(gap)) later; \(consequence), and so does work of that length behind the"
        + " first of them")
  }

  /// Something that came in parts, a delayed ACK apart.
  private struct HeldBack {
    var gaps: [Microseconds]
    /// What it consists of, and how many segments of the peer's carried it; `nil` where nobody counted.
    var parts: Int
    var unit: String
    var segments: Int?
  }

  /// A delayed ACK and the round trip; a kernel's tick and a bit of work may come on top.
  ///
  /// No wider than that: beside ten busy programs a turn takes about as long, now more and now less.
  private var delayedACK: ClosedRange<Microseconds> {
    let facts = finalFacts
    let most = min(max(facts?.roundTrip ?? 0, facts?.leastRoundTrip ?? 0, 0), .seconds(60))
    let least = min(max(facts?.leastRoundTrip ?? most, 0), most)
    return (least + .milliseconds(39))...(most + .milliseconds(48))
  }

  /// Flights whose replies came one by one, or one first and then all others together.
  ///
  /// A flight that we cut up says nothing: its commands arrived one by one, and so do the answers.
  private var heldBackFlights: [HeldBack] {
    Set(commands.map(\.flight)).sorted().compactMap { number in
      let sent = commands.filter { $0.flight == number }
      guard leftInOnePiece(sent) else { return nil }
      let answers = sent.compactMap { answer(to: $0) }
      let gaps = zip(answers, answers.dropFirst()).map { $1.at &- $0.at }
      guard let gap = gaps.first, delayedACK.contains(gap),
        answers.dropFirst().allSatisfy({ $0.reads.count == 1 })
      else { return nil }
      let areTogether = Set(answers.dropFirst().map(\.firstRead)).count == 1
      guard areTogether || gaps.allSatisfy(delayedACK.contains) else { return nil }
      return HeldBack(
        gaps: areTogether ? [gap] : gaps, parts: answers.count, unit: "replies to one flight",
        segments: segmentsOfPeer(from: sent.first?.written, until: answers.last?.at))
    }
  }

  /// Replies of several lines whose first came by itself.
  private var heldBackReplies: [HeldBack] {
    replies.compactMap { reply in
      let whole = reply.cuts.allSatisfy { $0 == "between_lines" }
      guard whole, !reply.gaps.isEmpty, reply.gaps.allSatisfy(delayedACK.contains),
        reply.reads.first == reply.linesAsSent[0].utf8.count + 2
      else { return nil }
      return HeldBack(
        gaps: reply.gaps, parts: reply.lines.count,
        unit: "lines of a reply at \(reply.stage.rawValue)",
        segments: segmentsOfPeer(from: reply.at &- reply.wait, until: reply.at))
    }
  }

  /// Segments with data that came from one look at the counter, before `start`, to the next, after `end`.
  private func segmentsOfPeer(from start: Microseconds?, until end: Microseconds?) -> Int? {
    guard let start, let end,
      let before = snapshots.last(where: { $0.at <= start })?.facts.dataSegmentsIn,
      let after = snapshots.first(where: { $0.at >= end })?.facts.dataSegmentsIn
    else { return nil }
    return after &- before
  }

  /// Whether one write took all of a flight to the kernel.
  private func leftInOnePiece(_ flight: [CommandRecord]) -> Bool {
    guard let start = flight.first?.start, let end = flight.last?.end else { return false }
    return segments.kept.contains { $0.offset <= start && $0.offset + $0.length >= end }
  }
}
