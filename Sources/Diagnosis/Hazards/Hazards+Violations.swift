package import SessionTrace

/// Hazards that are breaches of SMTP the session survived.
extension Trace {
  /// One hazard for each kind of breach, with its count; fatal ones are the verdict's matter, and
  /// surplus replies have a rule of their own.
  var violationHazards: [Hazard] {
    Violation.Kind.allCases.compactMap { kind in
      let seen = violations.filter { $0.kind == kind && !$0.isFatal }
      guard let first = seen.first, let (id, consequence) = kind.hazard else { return nil }
      let times = seen.count > 1 ? ", \(seen.count) times" : ""
      let others = seen.contains { $0.stage != first.stage } ? " and later" : ""
      return Hazard(
        id: id, text: "\(kind.words) at \(first.stage.rawValue)\(others)\(times); \(consequence)")
    }
  }
}

extension Violation.Kind {
  /// What was seen, in words that go before "at rcpt".
  package var words: String {
    switch self {
    case .malformedReply: "a line that is no SMTP reply"
    case .unexpectedCode: "a reply code that cannot stand there"
    case .mixedCodes: "different codes in the lines of one reply"
    case .bareLineFeed: "a reply line that ends in LF without CR"
    case .bareCarriageReturn: "a CR without LF inside a reply line"
    case .longReplyLine: "a reply line of more than 512 octets"
    case .endlessReply: "a reply without end"
    case .nulInReply: "a NUL in a reply"
    case .eightBitInReply: "an octet over 127 in a reply"
    case .unsolicitedReply: "a reply that answers no command"
    case .clearTextAfterStartTLS: "clear text behind the reply to STARTTLS"
    case .startTLSOfferedInTLS: "STARTTLS offered again under TLS"
    case .badChallenge: "a challenge that AUTH has no answer to"
    case .unprovenServer: "a yes to AUTH without the server's proof that it knows the password"
    }
  }

  /// The remark on it and the consequence; `nil` where the verdict or another rule speaks.
  fileprivate var hazard: (id: CauseID, consequence: String)? {
    switch self {
    case .malformedReply, .unexpectedCode, .endlessReply, .unsolicitedReply,
      .clearTextAfterStartTLS, .badChallenge, .unprovenServer:
      nil
    case .mixedCodes:
      (.replyMixedCodes, "clients disagree on which line decides (RFC 5321 section 4.2.1)")
    case .bareLineFeed:
      (.replyBareLF, "a client that waits for CRLF waits for ever (RFC 5321 section 2.3.8)")
    case .bareCarriageReturn:
      (.replyBareCR, "clients disagree on where the line ends (RFC 5321 section 2.3.8)")
    case .longReplyLine:
      (.replyLongLine, "a client with the RFC's buffer cuts it (RFC 5321 section 4.5.3.1.5)")
    case .nulInReply: (.replyNUL, "clients written in C see the reply end there")
    case .eightBitInReply:
      (.replyEightBit, "only a session with SMTPUTF8 may have it (RFC 6531 section 3.7.4.1)")
    case .startTLSOfferedInTLS:
      (.starttlsInTLS, "a client may try it and fail (RFC 3207 section 4.2)")
    }
  }
}
