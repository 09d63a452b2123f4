import SessionOptions
import SessionTrace

/// An envelope as it goes out: its commands, and what the report says of them.
struct PreparedEnvelope: Equatable, Sendable {
  let lines: [CommandText]
  let record: EnvelopeRecord
  /// Remarks on what was done otherwise than asked.
  let notes: [String]

  /// Fits one part of the plan's envelope to a server.
  ///
  /// `flightOverhead` is what encryption adds to a flight of one record, bytes. A size too small is
  /// remarked on here and sent unpadded: in the middle of a session it is too late to refuse.
  init(
    _ plan: DialoguePlan, part: Envelope, offered: Capabilities, isPipelined: Bool,
    flightOverhead: Int
  ) {
    let draft = EnvelopeDraft(plan, offered: offered, part: part)
    let base = draft.size
    var notes: [String] = []
    var target = base
    if let asked = plan.padding.target {
      if asked < base {
        notes.append(EnvelopeError.sizeTooSmall(asked: asked, smallest: base).description)
      }
      target = max(asked, base)
    } else if let minimum = plan.padding.minimum, minimum - flightOverhead > base {
      if isPipelined {
        target = minimum - flightOverhead
      } else {
        notes.append("each command is a flight by itself: not padded to \(minimum) bytes")
      }
    }
    let padding = PaddingRule(draft).filling(target - base)
    lines = draft.lines(padding: padding)
    record = EnvelopeRecord(
      size: lines.reduce(0) { $0 + $1.bytes.count }, sender: escapedText(draft.sender(padding)),
      recipientCommands: lines.count { $0.verb == .rcpt },
      recipients: draft.hasRecipients ? Set(part.recipients).count : 0,
      padding: target - base, pipelined: isPipelined)
    notes += Self.notes(on: padding, draft: draft)
    if padding.repeatedRecipients > 0, let most = offered.limit("RCPTMAX"),
      record.recipientCommands > most
    {
      notes.append(
        "padding: \(record.recipientCommands) RCPT commands, where the server takes \(most) a message"
          + " (LIMITS, RFC 9422)")
    }
    self.notes = notes
  }

  /// What padding changed that a reader would not expect.
  private static func notes(on padding: Padding, draft: EnvelopeDraft) -> [String] {
    var notes: [String] = []
    if case .named = padding.sender {
      notes.append(
        "padding: the sender <\(escapedText(draft.sender(padding)))> stands for the null sender")
    }
    if padding.trailingSpaces > 0 {
      notes.append(
        "padding: MAIL FROM ends in \(padding.trailingSpaces) spaces, which RFC 5321 section 4.1.1 "
          + "asks servers to tolerate")
    }
    if let limit = padding.passedLimit {
      notes.append("padding: this size is out of reach inside the limit: \(limit)")
    }
    return notes
  }
}
