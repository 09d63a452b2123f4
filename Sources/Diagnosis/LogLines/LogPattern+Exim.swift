import SMTPDialogue
import SessionTrace

/// Exim, by `check_response` in `transports/smtp.c`, `tls-gnu.c`, and `smtp_in.c` for the other side.
extension LogPattern {
  static let exim: [LogPattern] = [
    .waiting("SMTP timeout after {command} ({bytes} bytes written)", .stalled),
    .waiting("SMTP timeout after {command}", .stalled),
    .waiting("SMTP timeout while connected to {host}] after {command}", .stalled),
    .waiting("Remote host closed connection in response to {command}", .closed),
    .waiting("Remote host {host}] closed connection in response to {command}", .closed),
    .waiting("Malformed SMTP reply in response to {command}", .protocolError),
    LogPattern("SMTP error from remote mail server after {command}: host {host}]: {reply}", error),
    LogPattern("SMTP error from remote mailer after {command}: host {host}]: {reply}", error),
    LogPattern("SMTP error from remote mail server after {command}: {reply}", error),
    LogPattern("the server did not offer TLS support", .exim, .tlsFailed, .starttls),
    LogPattern(
      "a TLS session is required, but an attempt to start TLS failed", .exim, .tlsFailed, .starttls),
    LogPattern("TLS session: (gnutls_handshake): timed out", .exim, .stalled, .tls),
    LogPattern(
      "TLS session: (gnutls_handshake): The TLS connection was non-properly", .exim, .closed, .tls),
    LogPattern("TLS session: (gnutls_handshake): Error in the pull function", .exim, .reset, .tls),
    LogPattern("TLS session: synch error before connect", .exim, .protocolError, .starttls),
    // All that keeps the first reply under TLS from being read: an alert, an end, a timeout, words that are no reply.
    LogPattern("TLS session: error on first read", .exim, .tlsFailed, .ehlo),
    LogPattern("TLS session: ({function}):", .exim, .tlsFailed, .tls),
    LogPattern("TLS error on connection from {host}] ({call}): {error}") {
      tlsError(.receiver, $0["call"], $0["error"])
    },
    // Old versions say here who the server is, and newer ones in front.
    LogPattern("TLS error on connection to {host}] ({call}): {error}") {
      tlsError(.sender, $0["call"], $0["error"])
    },
    LogPattern("TLS error on connection ({call}): {error}") {
      tlsError(.sender, $0["call"], $0["error"])
    },
    // Its number of errno(3); those of its own are negative, and say what they are.
    LogPattern("defer ({number}): {error}", notConnected),
    LogPattern("defer ({number}) H={host}]{words}: {error}", notConnected),
    LogPattern("retry time not reached for any host", notTried),
    LogPattern("retry timeout exceeded", notTried),
    LogPattern("message too big (transport limit", refusedAtHome),
    LogPattern("message has lines too long for transport", refusedAtHome),
    LogPattern("have been failing for a long time", notTried),
    LogPattern("H={host}] Connection {error}", notConnected),
    LogPattern("H={host}]:{error}") { holes in
      // A port, and no text of Exim's.
      holes["error"]?.first?.isNumber == true ? notConnected(holes) : nil
    },
    LogPattern("H={host}] No route to host", .exim, .unreachable, .connect),
    LogPattern("H={host}] Network is unreachable", .exim, .unreachable, .connect),
    LogPattern("host lookup did not complete", .exim, .unreachable, .resolve),
    LogPattern(
      "all relevant MX records point to non-existent hosts", .exim, .unreachable, .resolve),
    LogPattern(
      "lowest numbered MX record points to local host", .exim, .unreachable, .resolve),
    .receiving("unexpected disconnection while reading SMTP command", .closed, nil),
    .receiving("SMTP command timeout on", .stalled, nil),
    .receiving("SMTP data timeout (message abandoned) on", .stalled, .body),
    .receiving(
      "SMTP protocol synchronization error (input sent without waiting for greeting)",
      .protocolError, .banner),
    .receiving("SMTP protocol synchronization error", .protocolError, nil),
    rejecting("temporarily rejected {command}: {words}", .deferred),
    rejecting("rejected {command}: {words}", .rejected),
    .receiving("incomplete transaction (RSET)", .closed, .mail),
    .receiving("incomplete transaction (connection lost)", .closed, nil),
    .receiving("incomplete transaction (QUIT)", .closed, .rcpt),
  ]

  private static let error: Reading = { holes in
    guard let command = holes["command"] else { return nil }
    var line = refused(.exim, at: stage(of: command), holes["reply"], command: line(command))
    line?.isPipelined = command.hasPrefix(pipelined)
    return line
  }

  /// A kernel's word for it; what ended later stands behind words of Exim's own.
  private static let notConnected: Reading = { holes in
    guard let error = holes["error"], !error.lowercased().contains("smtp "),
      !error.contains(" after "), holes["number"].map({ Int($0) != nil }) ?? true
    else { return nil }
    return connectFailure(.exim, error)
  }

  /// What its access lists refuse to a client, which the log has in its own words, and not as it was said.
  private static func rejecting(_ template: String, _ status: SessionStatus) -> LogPattern {
    LogPattern(template) { holes in
      guard let command = holes["command"] else { return nil }
      let stage = command.hasPrefix("after DATA") ? .dot : Verb(ofLine: command)?.row.stage
      guard let stage else { return nil }
      return LogLine(program: .exim, side: .receiver, status: status, stage: stage)
    }
  }

  /// No connection is tried while all that was tried before failed; the lines of those attempts tell more.
  private static let notTried: Reading = { _ in
    var line = LogLine(program: .exim, status: .unreachable, stage: nil)
    line.isDomain = true
    line.untried = .heldBack
    return line
  }

  /// Exim's transport has limits of its own, and asks nobody.
  private static let refusedAtHome: Reading = { _ in
    var line = LogLine(program: .exim, status: .rejected, stage: nil)
    line.untried = .refusedAtHome
    return line
  }

  /// Where TLS stands already, a read or a write says no more than that the connection ended.
  private static func tlsError(
    _ side: LogLine.Side, _ call: String?, _ error: String?
  ) -> LogLine {
    let isHandshake = ["handshake", "accept", "connect", "certificate"].contains {
      call?.lowercased().contains($0) == true
    }
    return isHandshake
      ? handshakeFailure(.exim, side: side, error) : broken(.exim, side: side, error, at: nil)
  }

  private static func waiting(_ template: String, _ status: SessionStatus) -> LogPattern {
    LogPattern(template) { holes in
      guard let said = holes["command"] else { return nil }
      let command = line(said)
      guard let stage = stage(of: command) else { return nil }
      var line = LogLine(program: .exim, status: status, stage: stage, command: command)
      line.contentBytes = holes["bytes"].flatMap(leadingNumber)
      line.isPipelined = said.hasPrefix(pipelined)
      return line
    }
  }

  private static func receiving(
    _ template: String, _ status: SessionStatus, _ stage: Stage?
  ) -> LogPattern {
    LogPattern(template) { _ in
      LogLine(program: .exim, side: .receiver, status: status, stage: stage)
    }
  }

  /// What stands in front of a command that left together with others.
  private static let pipelined = "pipelined "

  /// Exim's `smtp_command` without what stands around it.
  private static func line(_ command: String) -> String {
    let line = command.hasPrefix(pipelined) ? String(command.dropFirst(pipelined.count)) : command
    for end in [": Connection", ": Broken", ": ", " ("] {
      if let place = line.firstRange(of: end) { return String(line[..<place.lowerBound]) }
    }
    return line
  }

  /// Which stage Exim's words, or the command that it quotes, belong to.
  private static func stage(of command: String) -> Stage? {
    let line = line(command)
    let ofWords = Stage.allCases.first { stage in
      if case .words(let words)? = Verb.logNames(at: stage)?.exim {
        line.hasPrefix(words)
      } else {
        false
      }
    }
    return ofWords ?? Verb(ofLine: line)?.row.stage
  }
}
