import SessionTrace

/// Postfix's smtp(8) client: `smtp_proto.c`, `smtp_trouble.c` and `smtp_connect.c`.
extension LoggedEvent {
  /// The reason that smtp(8) would give.
  var postfixPhrase: String? {
    // Its client sends no BDAT, so it would not have come here.
    guard let server = bracketedHost, !isAboutChunks else { return nil }
    switch verdict.status {
    case .ok, .protocolError, .interrupted, .internalError: return nil
    case .unreachable: return connectPhrase(server)
    case .stalled:
      guard verdict.stage != .connect else {
        return "connect to \(server):\(port): Connection timed out"
      }
      return streamPhrase { "conversation with \(server) timed out while \($0)" }
    case .closed, .reset: return streamPhrase { "lost connection with \(server) while \($0)" }
    case .rejected, .deferred: return refusalPhrase(server)
    case .tlsFailed: return tlsPhrase(server)
    }
  }

  private var port: Int { trace.target.port ?? trace.attempts.last?.port ?? 25 }

  private func connectPhrase(_ server: String) -> String? {
    trace.attempts.last?.failure.map { "connect to \(server):\(port): \(printable($0.text))" }
  }

  /// The phrase for trouble on the stream; under way in a TLS handshake Postfix has one for all.
  private func streamPhrase(_ phrase: (String) -> String) -> String? {
    if verdict.stage == .tls { return Self.handshakeFailure }
    return activity.map(phrase)
  }

  private static let handshakeFailure = "Cannot start TLS: handshake failure"

  /// What Postfix says it was doing; `nil` where it says nothing.
  private var activity: String? {
    switch verdict.stage {
    case .resolve, .connect, .tls, .auth: nil
    case .banner: "receiving the initial server greeting"
    case .ehlo: "performing the \(isHELO ? "HELO" : "EHLO") handshake"
    case .starttls: "performing the EHLO handshake"
    case .mail: "sending MAIL FROM"
    case .rcpt: "sending RCPT TO"
    case .data: "sending DATA command"
    case .body: "sending message body"
    case .dot: "sending end of data -- message may be sent more than once"
    // Mail is delivered or refused by then, and Postfix does not log what happens to QUIT.
    case .quit: nil
    }
  }

  private var isHELO: Bool { decidingCommand?.text.hasPrefix("HELO") ?? false }

  private func refusalPhrase(_ server: String) -> String? {
    guard let reply = decidingReply else { return nil }
    let said = oneLine(reply, separator: " ")
    let command: String
    switch verdict.stage {
    case .banner, .ehlo: return "host \(server) refused to talk to me: \(said)"
    case .starttls: return "TLS is required, but host \(server) refused to start TLS: \(said)"
    case .mail: command = "MAIL FROM command"
    case .rcpt: command = "RCPT TO command"
    case .data: command = "DATA command"
    case .body, .dot: command = "end of DATA command"
    case .resolve, .connect, .tls, .auth, .quit: return nil
    }
    return "host \(server) said: \(said) (in reply to \(command))"
  }

  private func tlsPhrase(_ server: String) -> String? {
    guard case .tlsFailed(let failure) = trace.ending else { return nil }
    return failure.name == "not_offered"
      ? "TLS is required, but was not offered by host \(server)" : Self.handshakeFailure
  }
}
