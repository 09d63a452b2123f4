import SessionTrace

/// Exchange and Microsoft 365 by their bounces, queues and traces, and what Gmail tells its users.
extension LogPattern {
  /// Enhanced codes and Winsock errors of Exchange's bounces and logs.
  static let exchange: [LogPattern] =
    own + [
      answered("IP address responded with: \"{reply}\""),
      answered("Remote Server {words}returned '{reply}'"),
      LogPattern("Temporary server error. Please try again later", .exchange, .deferred, nil),
      LogPattern("did not accept our requests to connect", .gmail, .unreachable, .connect),
      LogPattern("TLS Negotiation failed", .gmail, .tlsFailed, .tls),
    ]

  /// What stands in the place of a reply, and may be Exchange's own words for having had none.
  private static func answered(_ template: String) -> LogPattern {
    LogPattern(template) { holes in
      guard let reply = holes["reply"] else { return nil }
      let text = LogText(reply)
      for pattern in own {
        if let match = pattern.template.match(text), let line = pattern.reading(match.holes) {
          return line
        }
      }
      return refused(.exchange, at: nil, reply)
    }
  }

  private static let own: [LogPattern] = [
    LogPattern("Winsock error code: 10060", .exchange, .unreachable, .connect),
    LogPattern("Winsock error code: 10061", .exchange, .unreachable, .connect),
    LogPattern("Winsock error code: 10065", .exchange, .unreachable, .connect),
    LogPattern("Winsock error code: 10054", .exchange, .reset, nil),
    LogPattern("4.4.2 Connection dropped due to TimedOut", .exchange, .stalled, nil),
    LogPattern("4.4.2 Connection dropped due to ConnectionReset", .exchange, .reset, nil),
    LogPattern("4.4.2 Connection dropped due to SocketError", .exchange, .closed, nil),
    LogPattern("4.4.2 Connection dropped", .exchange, .closed, nil),
    LogPattern("4.4.1 Connection timed out", .exchange, .unreachable, .connect),
    LogPattern("4.2.1 Unable to connect") { _ in
      var line = LogLine(program: .exchange, status: .unreachable, stage: .connect)
      line.named = [.synFiltered, .port25Policy]
      return line
    },
    // As 4.4 while it tries, and as 5.4 behind "Message expired" when it gives up.
    LogPattern("4.316 {words}onnection refused", .exchange, .unreachable, .connect),
    LogPattern("4.4.318 Connection was closed abruptly", .exchange, .closed, nil),
    LogPattern("4.318 {words}onnection reset", .exchange, .reset, nil),
    LogPattern("remote server disconnected abruptly", .exchange, .closed, nil),
    LogPattern("4.312 {words}NS query failed", .exchange, .unreachable, .resolve),
    LogPattern("4.310 DNS domain {host} does not exist", .exchange, .unreachable, .resolve),
    LogPattern("SMTPSEND.DNS.NonExistentDomain", .exchange, .unreachable, .resolve),
    LogPattern("4.317 {words}annot connect to remote server{reply}") { holes in
      holes["reply"]?.contains("STARTTLS") == true
        ? LogLine(program: .exchange, status: .tlsFailed, stage: .starttls)
        : refused(.exchange, at: nil, holes["reply"]?.replacing("(", with: " "))
          ?? LogLine(program: .exchange, status: .unreachable, stage: .connect)
    },
    LogPattern("7.320 Certificate validation failed", .exchange, .tlsFailed, .tls),
    LogPattern("7.5 Certificate validation failure", .exchange, .tlsFailed, .tls),
    LogPattern("7.5 The remote certificate MUST", .exchange, .tlsFailed, .tls),
    LogPattern("tlsa-invalid", .exchange, .tlsFailed, .tls),
    LogPattern("dnssec-invalid", .exchange, .unreachable, .resolve),
    LogPattern("starttls-not-supported", .exchange, .tlsFailed, .starttls),
    LogPattern("certificate-expired", .exchange, .tlsFailed, .tls),
    LogPattern("certificate-host-mismatch", .exchange, .tlsFailed, .tls),
  ]
}
