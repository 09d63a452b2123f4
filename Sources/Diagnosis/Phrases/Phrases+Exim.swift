import SMTPDialogue
import SessionTrace

/// Exim's smtp transport: `check_response` and `write_logs` in `transports/smtp.c`.
extension LoggedEvent {
  /// What the main log has of the host, from `H=` on; for TLS that is not insisted upon, the line of
  /// its own.
  var eximPhrase: String? {
    guard let prefix = eximHost else { return nil }
    switch happening {
    case .accepted, .surplus, .other: return nil
    case .surplusAtData(let reply):
      return errorPhrase(prefix, after: eximCommandToCome(at: .data) ?? "DATA", reply)
    case .unreachable:
      // No colon: `write_logs` puts one only in front of a message of its own.
      return trace.attempts.last?.failure.map { "\(prefix) \($0.wordsInLog)" }
    case .silence: return silencePhrase(prefix)
    case .ended: return endPhrase(prefix)
    case .refused(let reply): return refusalPhrase(reply, prefix)
    case .handshakeFailed(let failure): return handshakePhrase(failure, prefix)
    case .clearTextBehindStartTLS: return tlsPhrase("synch error before connect", prefix)
    case .malformed(let violation):
      if failsFirstRead { return firstReadPhrase(prefix) }
      return decidingCommandText.map { command in
        let line = printable(violation.bytes).prefix { $0 != "\\" }
        return "\(prefix): Malformed SMTP reply in response to \(command): \(line)"
      }
    }
  }

  /// What becomes of the delivery where it does not fail here.
  var eximOutcome: Phrases.Outcome? {
    guard address != nil else { return nil }
    switch happening {
    case .accepted: return .delivers
    case .surplus: return .goesOn
    case .refused(let reply): return goesOn(after: reply) ? .goesOn : nil
    case .silence, .ended, .handshakeFailed, .malformed, .clearTextBehindStartTLS:
      return !requiresTLS && eximPhrase?.hasPrefix("TLS session: ") == true ? .goesOn : nil
    case .surplusAtData, .unreachable, .other: return nil
    }
  }

  /// Whether the reply to EHLO under TLS could not be read: with GnuTLS Exim takes any such failure for one of TLS, a
  /// close in good order, a timeout and words that are no reply among them (`smtp_setup_conn`).
  private var failsFirstRead: Bool { stage == .ehlo && trace.tls != nil }

  private func firstReadPhrase(_ prefix: String) -> String {
    tlsPhrase("error on first read", prefix)
  }

  private func silencePhrase(_ prefix: String) -> String? {
    if failsFirstRead { return firstReadPhrase(prefix) }
    if stage == .connect { return "\(prefix) Connection timed out" }
    if stage == .tls { return tlsPhrase("(gnutls_handshake): timed out", prefix) }
    guard let command = decidingCommandText else { return nil }
    // The recipient's own line has the error in front of the host, and nothing behind.
    let error = stage == .rcpt ? "" : ": Connection timed out"
    return "\(prefix): SMTP timeout after \(command)\(bytesWritten)\(error)"
  }

  private func endPhrase(_ prefix: String) -> String? {
    if failsFirstRead { return firstReadPhrase(prefix) }
    if stage == .tls {
      let reason =
        verdict.status == .reset
        ? "Error in the pull function." : "The TLS connection was non-properly terminated."
      return tlsPhrase("(gnutls_handshake): \(reason)", prefix)
    }
    // A broken pipe while writing gets the bare text of errno, not this sentence.
    if stage == .body, case .failed(let failure) = trace.ending, failure.name == "EPIPE" {
      return nil
    }
    return decidingCommandText.map {
      endPhrase(prefix, after: stage == .rcpt ? pipelined + $0 : $0)
    }
  }

  private func endPhrase(_ prefix: String, after command: String) -> String {
    "\(prefix): Remote host closed connection in response to \(command)"
  }

  private func refusalPhrase(_ reply: ReplyRecord, _ prefix: String) -> String? {
    if goesOn(after: reply) { return nil }
    let stage = place(of: reply)
    if stage == .starttls, requiresTLS {
      return "\(prefix): a TLS session is required, but an attempt to start TLS failed"
    }
    // A refusal in the middle of content is read behind its end.
    guard
      let command = reply.wasDue
        ? eximCommand(at: stage == .body ? .dot : stage) : eximCommandToCome(at: stage)
    else { return nil }
    // In clear any refusal of EHLO is followed by HELO, which a server that leaves does not read.
    if stage == .ehlo, reply.code == 421, command.hasPrefix("EHLO") {
      let said = oneLine(reply, separator: "\\n")
      return endPhrase(prefix, after: "HELO\(command.dropFirst(4))")
        + " (EHLO response was: \(said))"
    }
    return errorPhrase(prefix, after: command, reply)
  }

  private func errorPhrase(_ prefix: String, after command: String, _ reply: ReplyRecord) -> String
  {
    "\(prefix): SMTP error from remote mail server after \(command): "
      + oneLine(reply, separator: "\\n")
  }

  private func handshakePhrase(_ failure: TLSFailureRecord, _ prefix: String) -> String? {
    if failure.name == "not_offered" {
      return "\(prefix): a TLS session is required, but the server did not offer TLS support"
    }
    if failure.isAboutCertificate {
      return tlsPhrase("(certificate verification failed): certificate invalid", prefix)
    }
    guard let reason = failure.wordsOfGnuTLS else { return nil }
    return tlsPhrase("(gnutls_handshake): \(printable(reason))", prefix)
  }

  /// TLS that is not insisted upon is logged, and done without.
  private func tlsPhrase(_ reason: String, _ prefix: String) -> String {
    requiresTLS
      ? "\(prefix): TLS session: \(reason)"
      : "TLS session: \(reason): delivering unencrypted to \(prefix) (not in hosts_require_tls)"
  }

  /// Whether a refusal is none to Exim: of EHLO under TLS, behind which it goes on with MAIL as if there were no
  /// extensions, and has no HELO as it has in clear.
  private func goesOn(after refusal: ReplyRecord) -> Bool {
    takesFirstLine(of: refusal) || (place(of: refusal) == .ehlo && trace.tls != nil)
  }

  /// Exim looks at the first line of a reply where its lines have different codes.
  private func takesFirstLine(of refusal: ReplyRecord) -> Bool {
    refusal.firstLineAsSent.hasPrefix("\((Verb.of(refusal.stage)?.row.acceptance ?? 250) / 100)")
  }

  private var pipelined: String { isPipelined ? "pipelined " : "" }

  private var decidingCommandText: String? { eximCommand(at: stage) }

  /// Exim's `smtp_command`; `pipelined` stands in front of MAIL and DATA.
  private func eximCommand(at stage: Stage) -> String? {
    switch logNames(at: stage)?.exim {
    case .nothing?, nil: nil
    // The last chunk leaves with the group in front of it.
    case .words(let words)?: stage == .dot && trace.sendsChunks ? pipelined + words : words
    case .line?: decidingCommand(at: stage).map { printable($0.text) }
    case .groupedLine?: decidingCommand(at: stage).map { pipelined + printable($0.text) }
    }
  }

  /// The same of a command that was not sent here.
  private func eximCommandToCome(at stage: Stage) -> String? {
    commandToCome(at: stage).map { command in
      (command.isPipelined && stage != .rcpt ? "pipelined " : "") + printable(command.text)
    }
  }

  /// ` (246244 bytes written)`, once message content was written.
  ///
  /// Exim's `transport_count` has the content as it goes out, dots stuffed and the end of data included,
  /// before encryption (`transport_write_block_fd` in `transport.c`). A block that a timeout interrupts
  /// is left out, so what it counts in the middle of content is its own affair, and so is the number
  /// under TLS, where our offsets are those of ciphertext.
  private var bytesWritten: String {
    guard stage == .body || stage == .dot, let content = trace.content, content.taken > 0
    else { return "" }
    guard stage == .dot, trace.tls == nil, let end = content.endOfData else {
      return " (... bytes written)"
    }
    return " (\(end &- content.start) bytes written)"
  }
}
