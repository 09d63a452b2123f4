import SessionTrace

/// Exim's smtp transport: `check_response` and `write_logs` in `transports/smtp.c`, `tls-gnu.c`.
extension LoggedEvent {
  /// The main log line of the smtp transport.
  var eximPhrase: String? {
    guard let prefix = eximHost else { return nil }
    switch verdict.status {
    case .ok, .interrupted, .internalError: return nil
    case .unreachable:
      // No colon: `write_logs` puts one only in front of a message of its own.
      return trace.attempts.last?.failure.map { "\(prefix) \(printable($0.text))" }
    case .stalled:
      if verdict.stage == .connect { return "\(prefix) Connection timed out" }
      if verdict.stage == .tls { return "\(prefix): TLS session: (gnutls_handshake): timed out" }
      return timeoutPhrase(prefix)
    case .closed: return closedPhrase(prefix)
    case .reset: return isKernelTimeout ? timeoutPhrase(prefix) : closedPhrase(prefix)
    case .rejected, .deferred:
      guard let reply = decidingReply, let command = eximCommand else { return nil }
      return "\(prefix): SMTP error from remote mail server after \(command): "
        + oneLine(reply, separator: "\\n")
    case .tlsFailed: return eximTLSPhrase(prefix)
    case .protocolError: return malformedPhrase(prefix)
    }
  }

  private var isKernelTimeout: Bool {
    if case .failed(let failure) = trace.ending { failure.name == "ETIMEDOUT" } else { false }
  }

  private func timeoutPhrase(_ prefix: String) -> String? {
    guard let command = eximCommand else { return nil }
    return "\(prefix): SMTP timeout after \(command)\(bytesWritten): Connection timed out"
  }

  private func closedPhrase(_ prefix: String) -> String? {
    // A broken pipe while writing gets the bare text of errno in Exim, not this sentence.
    if case .failed(let failure) = trace.ending, failure.name == "EPIPE" { return nil }
    return eximCommand.map { "\(prefix): Remote host closed connection in response to \($0)" }
  }

  private func malformedPhrase(_ prefix: String) -> String? {
    guard let violation = trace.violations.last(where: \.isFatal), let command = eximCommand,
      violation.kind == .malformedReply
    else { return nil }
    return
      "\(prefix): Malformed SMTP reply in response to \(command): \(printable(violation.bytes))"
  }

  private func eximTLSPhrase(_ prefix: String) -> String? {
    guard case .tlsFailed(let failure) = trace.ending else { return nil }
    if failure.name == "not_offered" {
      return "\(prefix): a TLS session is required, but the server did not offer TLS support"
    }
    guard failure.name.hasPrefix("GNUTLS_E_") else { return nil }
    let reason = failure.alert.map { "rxd alert: \(printable($0))" } ?? printable(failure.text)
    return "\(prefix): TLS session: (gnutls_handshake): \(reason)"
  }

  /// Exim's `smtp_command`, with `pipelined` in front where it would say so.
  ///
  /// It says so of MAIL and DATA; a timeout after RCPT has a sentence without the word, and the end of
  /// data is never pipelined.
  private var eximCommand: String? {
    let pipelined = trace.envelope?.pipelined == true ? "pipelined " : ""
    switch verdict.stage {
    case .resolve, .connect, .tls, .auth: return nil
    case .banner: return "initial connection"
    case .mail, .data: return decidingCommand.map { pipelined + printable($0.text) }
    case .ehlo, .starttls, .rcpt, .quit: return decidingCommand.map { printable($0.text) }
    case .body: return "sending data block"
    case .dot: return "end of data"
    }
  }

  /// ` (246244 bytes written)`, once message content was written.
  ///
  /// Exim's `transport_count` has the content as it goes out, dots stuffed and the end of data included,
  /// before encryption (`transport_write_block_fd` in `transport.c`). A block that a timeout interrupts
  /// is left out, so what it counts in the middle of content is its own affair, and so is the number
  /// under TLS, where our offsets are those of ciphertext.
  private var bytesWritten: String {
    guard verdict.stage == .body || verdict.stage == .dot, let content = trace.content,
      content.taken > 0
    else { return "" }
    guard verdict.stage == .dot, trace.tls == nil, let end = content.endOfData else {
      return " (... bytes written)"
    }
    return " (\(end &- content.start) bytes written)"
  }
}
