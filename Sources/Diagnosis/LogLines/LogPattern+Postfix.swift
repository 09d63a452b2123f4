import SMTPDialogue
import SessionTrace

/// Postfix's smtp(8), by `smtp_trouble.c`, `smtp_connect.c` and `smtp_proto.c`, and smtpd(8) for the other side.
extension LogPattern {
  static let postfix: [LogPattern] = [
    .doing("conversation with {host}] timed out while {activity}", .stalled),
    .doing("lost connection with {host}] while {activity}", .closed),
    // Pasted without their beginning.
    .doing("timed out while {activity}", .stalled),
    .doing("lost connection while {activity}", .closed),
    LogPattern("Protocol error: host {host} said: {reply} (in reply to {command})") {
      LogLine(
        program: .postfix, status: .protocolError, stage: stage(inReplyTo: $0["command"]),
        reply: $0["reply"])
    },
    LogPattern("host {host} said: {reply} (in reply to {command})") {
      refused(.postfix, at: stage(inReplyTo: $0["command"]), $0["reply"])
    },
    LogPattern("host {host} refused to talk to me: {reply}") {
      refused(.postfix, at: .banner, $0["reply"].map(withoutBracket))
    },
    LogPattern("host {host} refused to start TLS: {reply}") {
      refused(.postfix, at: .starttls, $0["reply"].map(withoutBracket))
    },
    LogPattern("SASL authentication failed; server {host} said: {reply}") {
      refused(.postfix, at: .auth, $0["reply"].map(withoutBracket))
    },
    LogPattern("SASL authentication failed; cannot authenticate to server {host}") { _ in
      var line = LogLine(program: .postfix, status: .rejected, stage: .auth)
      line.remark =
        "Postfix found no way to log in that both sides have, and asked the server for none"
      return line
    },
    LogPattern("TLS is required, but was not offered by host", .postfix, .tlsFailed, .starttls),
    LogPattern("Cannot start TLS: handshake failure", .postfix, .tlsFailed, .tls),
    LogPattern("Server certificate not verified", .postfix, .tlsFailed, .tls),
    LogPattern("Server certificate not trusted", .postfix, .tlsFailed, .tls),
    // It declares no such size: what the server would say to it is known.
    LogPattern("message size {size} exceeds size limit {limit} of server") { holes in
      var line = LogLine(program: .postfix, status: .rejected, stage: .mail)
      line.declaredBytes = holes["size"].flatMap(leadingNumber)
      line.named = [.sizeDropNo5xx]
      line.remark =
        "the message is larger than the server's SIZE allows, and Postfix did not offer it"
      return line
    },
    LogPattern("Domain {host} does not accept mail (nullMX)") { _ in
      naming(.nullMx, LogLine(program: .postfix, status: .unreachable, stage: .resolve))
    },
    LogPattern("TLSA lookup error for {host}:") { _ in
      naming(.daneFailure, LogLine(program: .postfix, status: .unreachable, stage: .resolve))
    },
    LogPattern("enabling PIX workarounds: ") { _ in
      var line = naming(.pixBannerMask, LogLine(program: .postfix, status: .ok, stage: .banner))
      line.named.append(.eodSplitMailguard)
      line.remark =
        "no failure yet: the greeting looks like that of a firewall that masks it, and Postfix works"
        + " round what such firewalls break"
      return line
    },
    // Behind NOQUEUE or a queue id; of milters too, and with a port where postscreen(8) says it.
    LogPattern("reject: {command} from [{address}]:{port}: {reply}", turnedAway),
    LogPattern("reject: {command} from {host}[{words}]: {reply}", turnedAway),
    LogPattern("connect to {host}]:{port}: {error}") { connectFailure(.postfix, $0["error"]) },
    LogPattern("Name service error for name={host} type={type}:") { holes in
      var line = LogLine(program: .postfix, status: .unreachable, stage: .resolve)
      line.isDomain = holes["type"] == "MX"
      return line
    },
    LogPattern("Name service error for name=", .postfix, .unreachable, .resolve),
    // The domain's records lead to the sender itself, so that there is no server to go to.
    LogPattern("mail for {host} loops back to myself", .postfix, .unreachable, .resolve),
    LogPattern("SSL_connect error to {host}: {error}") { handshakeFailure(.postfix, $0["error"]) },
    LogPattern("SSL_accept error from {host}: {error}") {
      handshakeFailure(.postfix, side: .receiver, $0["error"])
    },
    LogPattern("smtpd[{process}]: warning: TLS library problem: {error}") {
      handshakeFailure(.postfix, side: .receiver, $0["error"])
    },
    LogPattern("warning: TLS library problem: {error}") { handshakeFailure(.postfix, $0["error"]) },
    .received("timeout after {command} from {host}[", .stalled),
    .received("lost connection after {command} from {host}[", .closed),
    .received("improper command pipelining after {command} from {host}[", .protocolError),
    // It says 421 to whoever makes too many, and ends the connection.
    .received("too many errors after {command} from {host}[", .deferred),
    // postscreen(8).
    LogPattern("PREGREET {number} after {time} from [") { _ in
      LogLine(program: .postfix, side: .receiver, status: .protocolError, stage: .banner)
    },
  ]

  private static let turnedAway: Reading = { holes in
    guard let command = holes["command"], let stage = stages[command.uppercased()],
      let reply = holes["reply"]
    else { return nil }
    let said = reply.firstRange(of: "; from=<").map { reply[..<$0.lowerBound] } ?? reply[...]
    var line = refused(.postfix, at: stage, String(said))
    line?.side = .receiver
    return line
  }

  /// A reply without the bracket that closes Postfix's own words.
  private static func withoutBracket(_ reply: String) -> String {
    let isOurs = reply.count { $0 == ")" } > reply.count { $0 == "(" }
    return isOurs && reply.hasSuffix(")") ? String(reply.dropLast()) : reply
  }

  /// What smtp(8) was doing, in the words that it has for each verb.
  private static func doing(_ template: String, _ status: SessionStatus) -> LogPattern {
    LogPattern(template) { holes in
      guard let activity = holes["activity"] else { return nil }
      let stage = Stage.allCases.first { stage in
        Verb.logNames(at: stage)?.postfix.map(activity.hasPrefix) ?? false
      }
      // HELO stands for EHLO where that was refused.
      let isHello = activity.hasPrefix("performing the ")
      guard stage != nil || isHello else { return nil }
      return LogLine(program: .postfix, status: status, stage: stage ?? .ehlo)
    }
  }

  /// The stage whose refusals end in these words, as `end of DATA command)`.
  private static func stage(inReplyTo command: String?) -> Stage? {
    guard let command = command?.prefix(while: { $0 != ")" }), !command.isEmpty else { return nil }
    return Stage.allCases.reversed().first { stage in
      Verb.logNames(at: stage)?.refusal?("", "").hasSuffix("(in reply to \(command))") ?? false
    }
  }

  /// What smtpd(8) says of a client: it names the last command that it has read.
  private static func received(_ template: String, _ status: SessionStatus) -> LogPattern {
    LogPattern(template) { holes in
      guard let command = holes["command"]?.split(separator: " ").first.map(String.init),
        let stage = stages[command.uppercased()]
      else { return nil }
      return LogLine(program: .postfix, side: .receiver, status: status, stage: stage)
    }
  }

  /// Where the sender stood, by the server's last word for it (`smtpd.c`, `state->where`).
  private static let stages: [String: Stage?] = [
    "CONNECT": .banner, "EHLO": .ehlo, "HELO": .ehlo, "STARTTLS": .tls, "AUTH": .auth,
    "MAIL": .mail, "RCPT": .rcpt, "DATA": .body, "BDAT": .body, "END-OF-MESSAGE": .dot,
    "RSET": .quit,
    "QUIT": .quit, "UNKNOWN": .ehlo, "NOOP": nil,
  ]
}
