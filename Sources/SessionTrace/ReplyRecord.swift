/// One complete reply and how it arrived.
package struct ReplyRecord: Codable, Sendable, Equatable {
  /// The command it answers, `nil` for the greeting and for unsolicited replies.
  package var command: String?
  package var stage: Stage
  package var code: Int
  /// RFC 3463 status, `5.1.1`, when the text begins with one and the extension was offered.
  package var enhanced: String?
  /// The lines after their codes, escaped.
  package var lines: [String]
  /// What stood before each of them, as sent and escaped; `nil` when that was ``code`` and a hyphen, in
  /// the last line ``code`` and a space. Codes may differ from line to line, and a line may have no
  /// separator.
  package var linePrefixes: [String]?
  /// Bytes of this reply in each read that brought some of it; they add up to its length.
  package var reads: [Int]
  /// Number of the first of those reads in the session, from 0: replies that share one came together.
  package var firstRead: Int
  /// Gaps between the reads, microseconds; one fewer than `reads`.
  package var gaps: [Microseconds]
  /// Where the cuts between reads fell: `in_line`, `between_lines`, `inside_crlf`.
  package var cuts: [String]
  /// When it was complete.
  package var at: Microseconds
  /// From the moment it was due (command handed over, or the reply before it complete) until complete.
  package var wait: Microseconds
  /// False when nothing was waiting for it.
  package var wasDue: Bool
  /// For whom it is, escaped, where each recipient has a reply of its own behind the message (LMTP, RFC
  /// 2033 section 4.2); `nil` elsewhere.
  package var recipient: String?

  package init(
    command: String?, stage: Stage, code: Int, enhanced: String?, lines: [String],
    linePrefixes: [String]? = nil, reads: [Int], firstRead: Int, gaps: [Microseconds] = [],
    cuts: [String] = [], at: Microseconds,
    wait: Microseconds, wasDue: Bool, recipient: String? = nil
  ) {
    self.command = command
    self.stage = stage
    self.code = code
    self.enhanced = enhanced
    self.lines = lines
    self.linePrefixes = linePrefixes
    self.reads = reads
    self.firstRead = firstRead
    self.gaps = gaps
    self.cuts = cuts
    self.at = at
    self.wait = wait
    self.wasDue = wasDue
    self.recipient = recipient
  }

  private enum CodingKeys: String, CodingKey {
    case command, stage, code, enhanced, lines, reads, cuts, recipient
    case linePrefixes = "line_prefixes"
    case firstRead = "first_read"
    case gaps = "gaps_us"
    case at = "at_us"
    case wait = "wait_us"
    case wasDue = "was_due"
  }
}

extension ReplyRecord {
  /// The lines as they were sent, code and separator in front, escaped; never empty.
  package var linesAsSent: [String] {
    if lines.isEmpty { return ["\(code)"] }
    return lines.enumerated().map { place, text in
      if let linePrefixes, linePrefixes.indices.contains(place) {
        return linePrefixes[place] + text
      }
      return "\(code)\(place < lines.count - 1 ? "-" : " ")\(text)"
    }
  }

  /// The first line as it was sent; it need not have the code that decides.
  package var firstLineAsSent: String { linesAsSent[0] }

  /// The last line as it was sent, whose code decides.
  package var lastLineAsSent: String { linesAsSent[max(0, lines.count - 1)] }
}
