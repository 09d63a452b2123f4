import SessionOptions
import SessionTrace

/// What a reader should know of a plan where a server does not offer what it is about.
extension DialoguePlan {
  /// What the server does not offer although the message or its addresses need it.
  func remarks(where offered: Capabilities, _ parts: EnvelopeParts) -> [String] {
    var notes: [String] = []
    if let size = message?.size, let limit = offered.sizeLimit, size > limit {
      notes.append("the message of \(size) bytes is over the server's SIZE limit of \(limit)")
    }
    if message?.hasEightBit == true, !offered.offersEightBit {
      notes.append("the message has 8-bit bytes, and the server does not offer 8BITMIME")
    }
    if chunking.mode != .off, message != nil, !offered.offersChunking {
      notes.append(
        "the server does not offer CHUNKING: the message goes by "
          + (sendsChunks(where: offered) ? "BDAT all the same" : "DATA"))
    }
    if wantsPRDR, !usesPRDR(where: offered) {
      notes.append("the server does not offer PRDR: one reply behind the message stands for all")
    }
    if !usesUTF8(where: offered) {
      if envelopeInASCII != nil {
        notes.append(
          "the server does not offer SMTPUTF8: domains that are not ASCII go as xn-- names")
      }
      if let address = envelope(where: offered).nonASCII {
        notes.append(
          "<\(escapedText(address))> needs SMTPUTF8, which the server does not offer: sent all the"
            + " same, where an MTA would return the mail")
      }
    }
    return notes + remarksOnLimits(of: offered, parts) + parametersNotOffered(in: offered)
  }

  /// Limits of the server that the plan would pass (RFC 9422), and what becomes of what is beyond.
  private func remarksOnLimits(of offered: Capabilities, _ parts: EnvelopeParts) -> [String] {
    var notes: [String] = []
    let recipients = envelope.recipients.count
    let wanted = messages * parts.wanted
    if let limit = offered.limit("MAILMAX"), wanted > limit {
      notes.append(
        "the server takes \(limit) messages a connection (LIMITS, RFC 9422): no more are sent")
    }
    if wanted > SessionOptions.mostTransactions, parts.wanted > 1 {
      notes.append(
        "no more than \(SessionOptions.mostTransactions) transactions go over a connection")
    }
    if let record = PartsRecord(parts) {
      let sent = recipients - record.leftOver
      notes.append(
        "the server has limits for a message (LIMITS, RFC 9422: \(record.limits.joined(separator: " ")));"
          + " \(sent == recipients ? "its" : "\(sent) of its") \(recipients) recipients go in"
          + " \(parts.sent.count) transaction\(parts.sent.count == 1 ? "" : "s")")
      if let first = record.leftOverRecipients.first {
        let many = record.leftOver > 1
        notes.append(
          "\(record.leftOver) recipient\(many ? "s are" : " is") left over, <\(first)>"
            + "\(many ? " the first" : ""): another connection would be for them")
      }
    } else if let reasonForWhole, let limit = offered.limit("RCPTMAX"), recipients > limit {
      notes.append(
        "the server takes \(limit) recipients a message (LIMITS, RFC 9422), and \(recipients) are"
          + " named: \(reasonForWhole)")
    }
    return notes
  }

  /// What of the parameters asked for the server does not say that it takes; a line for each of its keywords.
  private func parametersNotOffered(in offered: Capabilities) -> [String] {
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
