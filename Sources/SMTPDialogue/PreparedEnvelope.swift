import SessionOptions
import SessionTrace

/// An envelope as it goes out: its commands, and what the report says of them.
struct PreparedEnvelope: Equatable, Sendable {
  let lines: [CommandText]
  let record: EnvelopeRecord
  /// Remarks on what was done otherwise than asked.
  let notes: [String]

  /// Fits the plan's envelope to a server.
  ///
  /// `flightOverhead` is what encryption adds to a flight of one record, bytes. A size too small is
  /// remarked on here and sent unpadded: in the middle of a session it is too late to refuse.
  init(_ plan: DialoguePlan, offered: Capabilities, isPipelined: Bool, flightOverhead: Int) {
    let draft = EnvelopeDraft(plan, offered: offered)
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
      recipients: draft.hasRecipients ? Set(plan.envelope.recipients).count : 0,
      padding: target - base, pipelined: isPipelined)
    self.notes =
      notes + Self.notes(on: padding, draft: draft) + Self.notes(on: plan, offered: offered)
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

  /// What the server does not offer although the message or its addresses need it.
  private static func notes(on plan: DialoguePlan, offered: Capabilities) -> [String] {
    var notes: [String] = []
    if let size = plan.message?.size, let limit = offered.sizeLimit, size > limit {
      notes.append("the message of \(size) bytes is over the server's SIZE limit of \(limit)")
    }
    if plan.message?.hasEightBit == true, !offered.offersEightBit {
      notes.append("the message has 8-bit bytes, and the server does not offer 8BITMIME")
    }
    if plan.chunking.mode != .off, plan.message != nil, !offered.offersChunking {
      notes.append(
        "the server does not offer CHUNKING: the message goes by "
          + (plan.sendsChunks(where: offered) ? "BDAT all the same" : "DATA"))
    }
    if let limit = offered.limit("MAILMAX"), plan.messages > limit {
      notes.append(
        "the server takes \(limit) messages a connection (LIMITS, RFC 9422): no more are sent")
    }
    if let limit = offered.limit("RCPTMAX"), plan.envelope.recipients.count > limit {
      notes.append(
        "the server takes \(limit) recipients a message (LIMITS, RFC 9422), and"
          + " \(plan.envelope.recipients.count) are named: an MTA that knows LIMITS sends it in parts"
      )
    }
    if plan.wantsPRDR, !plan.usesPRDR(where: offered) {
      notes.append("the server does not offer PRDR: one reply behind the message stands for all")
    }
    if !plan.usesUTF8(where: offered) {
      if plan.envelopeInASCII != nil {
        notes.append(
          "the server does not offer SMTPUTF8: domains that are not ASCII go as xn-- names")
      }
      if let address = plan.envelope(where: offered).nonASCII {
        notes.append(
          "<\(escapedText(address))> needs SMTPUTF8, which the server does not offer: sent all the"
            + " same, where an MTA would return the mail")
      }
    }
    return notes + plan.parametersNotOffered(in: offered)
  }
}

extension DialoguePlan {
  /// What of the parameters asked for the server does not say that it takes; a line for each of its keywords.
  fileprivate func parametersNotOffered(in offered: Capabilities) -> [String] {
    let all =
      mailParameters.map { ("MAIL", $0) } + recipientParameters.map { ("RCPT", $0) }
    var seen: Set<String> = []
    let missing = all.map(\.1.offer).filter { !offered.offers($0) && seen.insert($0).inserted }
    var notes = missing.map { keyword in
      let said = all.filter { $0.1.offer == keyword }
        .map { "\($0.0) \(escapedText($0.1.optionText.utf8))" }
      return
        "the server does not offer \(keyword): \(said.joined(separator: ", ")) is sent all the same"
    }
    if mailParameters.contains(where: { $0.offer == "BINARYMIME" }), !sendsChunks(where: offered) {
      notes.append("BODY=BINARYMIME is for a message by BDAT (RFC 3030 section 3): see --chunking")
    }
    return notes
  }
}
