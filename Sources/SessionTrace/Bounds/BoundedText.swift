/// The most bytes of one text of a trace that somebody else wrote, or the user.
package let longestText = 4_096

/// The text, or as much of it as a trace keeps, and how much is not there.
///
/// A text that is hardly longer than the words would be stays whole, so that cutting twice is cutting once.
package func boundedText(_ text: String, to limit: Int = longestText) -> String {
  let length = text.utf8.count
  guard length > limit + 64 else { return text }
  let kept = String(decoding: text.utf8.prefix(limit), as: UTF8.self)
  return kept + " ... (\(length - limit) more bytes left out)"
}

extension ReplyRecord {
  /// How much of all replies together is kept: of text in bytes, and of reads.
  package struct Room: Sendable {
    private var text = 256 * 1_024
    private var reads = 8_192

    package init() {}

    /// What one reply may have. A little is there for every one.
    var ofText: Int { max(1_024, min(64 * 1_024, text)) }
    var ofReads: Int { max(16, min(4_096, reads)) }

    mutating func take(_ reply: ReplyRecord) {
      text = max(0, text - reply.lines.reduce(0) { $0 + $1.utf8.count })
      reads = max(0, reads - reply.reads.count)
    }
  }

  /// Puts it within the room that is left; what was left out, for a reply at that index.
  mutating func bound(to room: Room, at index: Int) -> [OmissionRecord] {
    command = command.map { boundedText($0) }
    recipient = recipient.map { boundedText($0) }
    enhanced = enhanced.map { boundedText($0) }
    return [boundLines(to: room.ofText, at: index), boundReads(to: room.ofReads, at: index)]
      .compactMap(\.self)
  }

  /// The first lines remain, and the last, whose code decides.
  private mutating func boundLines(to limit: Int, at index: Int) -> OmissionRecord? {
    var length = 0
    var kept = 0
    lines = lines.map { boundedText($0, to: limit) }
    for line in lines.dropLast() {
      length += line.utf8.count
      if kept > 0, length > limit { break }
      kept += 1
    }
    let dropped = lines.count - 1 - kept
    guard dropped > 0 else { return nil }
    lines.removeSubrange(kept..<(kept + dropped))
    if let prefixes = linePrefixes, prefixes.count > kept + dropped {
      linePrefixes?.removeSubrange(kept..<(kept + dropped))
    }
    return OmissionRecord(list: .replyLines, record: index, behind: kept - 1, number: dropped)
  }

  /// What came later counts as part of the last read that remains.
  private mutating func boundReads(to limit: Int, at index: Int) -> OmissionRecord? {
    let dropped = reads.count - limit
    guard dropped > 0 else { return nil }
    reads = reads.prefix(limit - 1) + [reads[(limit - 1)...].reduce(0, &+)]
    if gaps.count > limit - 1 {
      gaps = gaps.prefix(limit - 2) + [gaps[(limit - 2)...].reduce(0, &+)]
    }
    cuts = Array(cuts.prefix(limit - 1))
    return OmissionRecord(list: .replyReads, record: index, behind: limit - 1, number: dropped)
  }
}
