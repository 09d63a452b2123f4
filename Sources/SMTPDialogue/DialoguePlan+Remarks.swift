import SessionOptions
import SessionTrace

/// What a reader should know of a plan where a server does not offer what it is about.
extension DialoguePlan {
  /// What the server does not offer although the message or its addresses need it, and what it offers and was not
  /// asked for.
  ///
  /// `known` is what the envelope was made for: nothing where it left before EHLO was answered.
  func remarks(
    where offered: Capabilities, knowing known: Capabilities, _ parts: EnvelopeParts
  ) -> [String] {
    var notes: [String] = []
    let mail = messages > 1 ? "the first MAIL" : "MAIL"
    func tooLate(_ keyword: String, _ consequence: String) -> String {
      "the server offers \(keyword), which was not known yet when \(mail) left: \(consequence)"
    }
    if let size = message?.size, let limit = offered.sizeLimit, size > limit {
      notes.append("the message of \(size) bytes is over the server's SIZE limit of \(limit)")
    }
    if message?.hasEightBit == true {
      if !offered.offersEightBit {
        notes.append("the message has 8-bit bytes, and the server does not offer 8BITMIME")
      } else if !known.offersEightBit, !mailParameters.contains(where: { $0.is("BODY") }) {
        notes.append(tooLate("8BITMIME", "it went without BODY=8BITMIME"))
      }
    }
    if chunking.mode != .off, message != nil {
      let isInChunks = sendsChunks(where: known)
      if !offered.offersChunking {
        notes.append(
          "the server does not offer CHUNKING: the message goes by "
            + (isInChunks ? "BDAT all the same" : "DATA"))
      } else if delivers, !isInChunks {
        notes.append(tooLate("CHUNKING", "the message goes by DATA"))
      }
    }
    if wantsPRDR, !usesPRDR(where: known) {
      let consequence = "one reply behind the message stands for all"
      notes.append(
        offered.offers("PRDR")
          ? tooLate("PRDR", "it was not asked for, and \(consequence)")
          : "the server does not offer PRDR: \(consequence)")
    }
    if !usesUTF8(where: known) {
      let isOffered = offered.offersSMTPUTF8
      if envelopeInASCII != nil {
        notes.append(
          isOffered
            ? tooLate("SMTPUTF8", "domains that are not ASCII went as xn-- names")
            : "the server does not offer SMTPUTF8: domains that are not ASCII go as xn-- names")
      }
      if let address = envelope(where: known).nonASCII {
        let address = "<\(escapedText(address))>"
        notes.append(
          isOffered
            ? tooLate("SMTPUTF8", "\(address) needs it, and was sent without")
            : "\(address) needs SMTPUTF8, which the server does not offer: sent all the"
              + " same, where an MTA would return the mail")
      }
    }
    return notes + remarksOnLimits(of: offered, knowing: known, parts)
      + parametersNotOffered(in: offered, knowing: known)
  }

  /// Limits of the server that the plan would pass (RFC 9422), and what becomes of what is beyond.
  private func remarksOnLimits(
    of offered: Capabilities, knowing known: Capabilities, _ parts: EnvelopeParts
  ) -> [String] {
    var notes = offered.limitFaults
    let recipients = envelope.recipients.count
    let wanted = messages * parts.wanted
    if let limit = offered.limit("MAILMAX"), wanted > limit {
      notes.append(
        "the server takes \(count(limit, "message")) a connection (LIMITS, RFC 9422): no more are sent"
      )
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
    } else {
      notes += limitsPassed(of: offered, knowing: known)
    }
    return notes
  }

  /// Limits of recipients that an envelope passes which goes in one transaction.
  private func limitsPassed(of offered: Capabilities, knowing known: Capabilities) -> [String] {
    let isTooLate = known.line(of: "LIMITS") == nil && offered.line(of: "LIMITS") != nil
    let reason = isTooLate ? "the envelope left before that was known" : reasonForWhole
    guard let reason else { return [] }
    var notes: [String] = []
    let recipients = envelope.recipients.count
    if let limit = offered.limit("RCPTMAX"), recipients > limit {
      notes.append(
        "the server takes \(count(limit, "recipient")) a message (LIMITS, RFC 9422), and"
          + " \(recipients) are named: \(reason)")
    }
    let domains = envelope(where: known).recipientDomains
    if let limit = offered.limit("RCPTDOMAINMAX"), domains > limit {
      notes.append(
        "the server takes recipients of \(count(limit, "domain")) a connection (LIMITS, RFC 9422),"
          + " and those named are of \(domains): "
          + (isTooLate || delivers ? reason : "a message would leave the others over"))
    }
    return notes
  }

  private func count(_ number: Int, _ noun: String) -> String {
    "\(number) \(noun)\(number == 1 ? "" : "s")"
  }

  /// What of the parameters asked for the server does not say that it takes; a line for each of its keywords.
  private func parametersNotOffered(
    in offered: Capabilities, knowing known: Capabilities
  ) -> [String] {
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
    if mailParameters.contains(where: { $0.offer == "BINARYMIME" }), !sendsChunks(where: known) {
      notes.append("BODY=BINARYMIME is for a message by BDAT (RFC 3030 section 3): see --chunking")
    }
    return notes
  }
}
