import SessionTrace

/// Hazards in the way replies arrive.
extension Trace {
  /// A2 `reply-fragment-naive-reader` (seed 002): a reply in more than one read.
  ///
  /// A cut behind a full segment is how TCP carries a long reply, however a server writes it, and no
  /// hazard; so is a cut that our own small receive buffer forced.
  var fragmentedReplies: Hazard? {
    guard option("rcvbuf")?.isUnset ?? true else { return nil }
    let sizes = bytesByRead
    let cut = replies.filter { reply in
      !reply.isStuttering
        && reply.cuts.indices.contains { place in
          (sizes[reply.firstRead &+ place] ?? 0) < leastFullSegment
        }
    }
    guard let first = cut.first else { return nil }
    let pieces = first.reads.prefix(6).map(String.init).joined(separator: "+")
    let place = first.cuts.first.map(wordsForCut) ?? "between two reads"
    let gap = first.gaps.max().map { ", \(durationText($0)) apart" } ?? ""
    let others =
      cut.count > 1 ? "; so did \(count(cut.count - 1, "other reply", "other replies"))" : ""
    return Hazard(
      id: .replyFragmentNaiveReader,
      text: "\(first.designation) came in \(first.reads.count) reads (\(pieces) bytes\(gap)),"
        + " cut \(place)\(others); a client that takes one read for a whole reply"
        + " goes out of step")
  }

  /// D11 `tarpit-stutter`: replies a few bytes at a time, as spamd and other tarpits give them.
  var stutter: Hazard? {
    guard let worst = replies.filter(\.isStuttering).max(by: { $0.reads.count < $1.reads.count })
    else { return nil }
    return Hazard(
      id: .tarpitStutter,
      text: "\(worst.designation) came in \(worst.reads.count) reads of about"
        + " \(max(1, worst.length / worst.reads.count)) bytes, as a tarpit sends it;"
        + " a timeout on each read never ends such a reply, one on the whole reply does")
  }

  /// A7 `reply-count-mismatch`: replies that answer nothing.
  ///
  /// 421 may come at any time (RFC 5321 section 3.8) and is no surplus.
  var surplusReplies: Hazard? {
    let surplus = replies.filter { !$0.wasDue && $0.code != 421 }
    guard let first = surplus.first else { return nil }
    return Hazard(
      id: .replyCountMismatch,
      text: "\(count(surplus.count, "reply", "replies")) came that"
        + " \(surplus.count == 1 ? "answers" : "answer") no command (the first at"
        + " \(first.stage.rawValue): \(short(first.firstLineAsSent)));"
        + " a pipelining client pairs every later reply with the wrong command")
  }

  /// The bytes of all replies in each read, by its number.
  private var bytesByRead: [Int: Int] {
    var sizes: [Int: Int] = [:]
    for reply in replies {
      for (place, size) in reply.reads.enumerated() {
        sizes[reply.firstRead &+ place, default: 0] &+= size
      }
    }
    return sizes
  }

  /// From this many bytes a read can be a whole segment of the peer's: what we advertised, less the
  /// room that TCP options take in each segment (40 bytes at most).
  private var leastFullSegment: Int { max(1, (finalFacts?.advertisedMSS ?? 536) - 40) }
}

extension ReplyRecord {
  /// Bytes of the whole reply.
  fileprivate var length: Int { reads.reduce(0, &+) }

  /// Many reads of a few bytes each.
  fileprivate var isStuttering: Bool { reads.count >= 8 && length / reads.count <= 4 }

  /// What it is, in words.
  fileprivate var designation: String {
    switch stage {
    case .banner: "the greeting"
    case .resolve, .connect, .ehlo, .starttls, .tls, .auth, .mail, .rcpt, .data, .body, .dot, .quit:
      "a reply at \(stage.rawValue)"
    }
  }
}

/// The place of a cut, in words; an unknown word stands for itself.
package func wordsForCut(_ cut: String) -> String {
  switch cut {
  case "in_line": "inside a line"
  case "between_lines": "between two lines"
  case "inside_crlf": "between CR and LF"
  default: short(cut)
  }
}
