import SessionTrace

/// Hazards in the time replies take.
extension Trace {
  /// D13 `tarpit-error-delay`: replies that each took as long as the others; F7 `bdat-under-tarpit`,
  /// when they are those to chunks.
  ///
  /// Work takes now more, now less time; a delay that a server was told to make is constant, and what
  /// a busy machine adds to it comes on top, now and then. So three replies, half a second beyond the
  /// round trip each, that lie within a tenth of the shortest are what counts, where at least two
  /// in three do.
  var constantDelays: Hazard? {
    let known = finalFacts?.roundTrip ?? finalFacts?.leastRoundTrip ?? 0
    let roundTrip = min(max(known, 0), .seconds(60))
    let late = replies.filter { reply in
      reply.wasDue && reply.stage > .banner && reply.wait >= roundTrip + .milliseconds(500)
        && reply.reads.count == 1
    }
    guard let least = late.map(\.wait).min() else { return nil }
    let alike = late.count { $0.wait - least <= max(.milliseconds(5), least / 10) }
    guard alike >= 3, 3 * alike >= 2 * late.count else { return nil }
    let isAboutChunks = late.allSatisfy { $0.command?.hasPrefix("BDAT ") == true }
    return Hazard(
      id: isAboutChunks ? .bdatUnderTarpit : .tarpitErrorDelay,
      text:
        "\(alike) replies took \(durationText(least)) each, as a delay does that a server was"
        + " told to make; with every further \(isAboutChunks ? "chunk" : "recipient") it adds up, until a client gives up"
    )
  }

  /// D13 `tarpit-error-delay`: refusals that are held back, among recipients that are accepted at once.
  ///
  /// Where none is accepted the server may look each of them up so long, which a session by itself does not
  /// tell.
  var lateRefusals: Hazard? {
    guard acceptedRecipients > 0, constantDelays == nil, let pause = pauseOfRefusals else {
      return nil
    }
    return Hazard(
      id: .tarpitErrorDelay,
      text: "\(pause.text): with every further recipient that is refused it adds up, until a client"
        + " gives up")
  }

  /// `slow-progress`: bytes that were ready to go and went at less than 2,000 a second, for two seconds
  /// or more.
  ///
  /// At that pace a message of 10 MB, which most servers take, needs an hour and a half; a timeout that
  /// starts anew with each bit of progress never ends such a session. The pace is that of a whole ``Rush``:
  /// the end of a long message waits for all before it, and its own time says nothing. What one round
  /// trip explains is no crawl, and one segment that had to be sent again is a loss.
  var slowProgress: Hazard? {
    // A write to a UNIX socket arrives as it is made.
    if target.isUnixSocket { return nil }
    let known = finalFacts?.roundTrip ?? finalFacts?.leastRoundTrip ?? 0
    let roundTrip = min(max(known, 0), .seconds(60))
    let segment = finalFacts?.sendMSS ?? 536
    let crawls = rushes.filter { rush in
      rush.acknowledged > 0 && rush.ready > segment
        && rush.time >= max(.seconds(2), 10 * roundTrip)
        && Int64(rush.acknowledged) < 2_000 * (rush.time / .seconds(1))
    }
    guard let worst = crawls.max(by: { $0.time < $1.time }) else { return nil }
    let rate = Int64(worst.acknowledged) / (worst.time / .seconds(1))
    return Hazard(
      id: .slowProgress,
      text: "\(count(worst.acknowledged, "byte")) that were ready to go took"
        + " \(durationText(worst.time)), \(rate) a second\(paceLimit); a timeout that starts anew"
        + " with each bit of progress never ends such a session")
  }

  /// What limits the pace, as far as the kernel's last word tells.
  private var paceLimit: String {
    guard let facts = finalFacts else { return "" }
    let segment = facts.sendMSS ?? 536
    if let window = facts.peerWindow, window < segment {
      let scaling =
        facts.options?.contains("wscale") == false
        ? "; window scaling was not agreed on, and where an option was lost on the path, windows look"
          + " that small"
        : ""
      return ", into a window of \(window) bytes, less than a segment\(scaling)"
    }
    if let lost = facts.totalRetransmits, let sent = facts.dataSegmentsOut, lost > 2,
      lost > sent / 10
    {
      return ", with \(lost) of \(count(sent, "segment")) sent again"
    }
    return facts.peerWindow.map { ", into a window of \($0) bytes" } ?? ""
  }
}
