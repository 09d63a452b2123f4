package import SessionTrace

/// A line that a mail program logged or said of a delivery that went wrong, understood.
///
/// It says where the session stood and how it ended, in the words of our own sessions: a connection that did not
/// come about is unreachable, whatever kept it. It never says who had the bytes: programs see what they wrote to
/// their kernel, and no more.
package struct LogLine: Sendable, Equatable {
  /// Whose words they are.
  package enum Program: String, CaseIterable, Sendable {
    case exim = "Exim"
    case postfix = "Postfix"
    case sendmail = "Sendmail"
    case qmail
    case openSMTPD = "OpenSMTPD"
    case haraka = "Haraka"
    case exchange = "Exchange or Microsoft 365"
    case gmail = "Gmail"
    case swaks
    case curl
    case msmtp
    case javaMail = "Jakarta Mail"
    case nodemailer = "Nodemailer"
    case phpMailer = "PHPMailer"
    case smtplib = "Python's smtplib"
    case go = "Go's net/smtp"
    case dotNet = ".NET's SmtpClient"
    case telnet
    case netcat
    case openSSL = "a program with OpenSSL"
    /// Words that stand by themselves, as any program hands them on.
    case unnamed = "a program that the line does not name"

    /// Whether it looks up a domain's exchangers, and not the one host that it was given.
    var routesMail: Bool {
      switch self {
      case .exim, .postfix, .sendmail, .qmail, .openSMTPD, .haraka, .exchange, .gmail, .unnamed:
        true
      case .swaks, .curl, .msmtp, .javaMail, .nodemailer, .phpMailer, .smtplib, .go, .dotNet,
        .telnet, .netcat, .openSSL:
        false
      }
    }
  }

  /// Which end of the connection logged it.
  package enum Side: Sendable {
    case sender, receiver
  }

  /// Why no server was asked at all.
  package enum Untried: Sendable {
    /// Tries before failed, and the program waits or has given up.
    case heldBack
    /// The program has a limit of its own.
    case refusedAtHome
  }

  package var program: Program
  package var side = Side.sender
  package var status: SessionStatus
  /// `nil` where the words do not tell.
  package var stage: Stage?
  /// The server, as far as the line names it.
  package var host: String?
  /// Whether ``host`` is a domain, and its exchangers are meant; `nil` for what the program does by itself.
  var isDomain: Bool?
  package var address: String?
  package var port: Int?
  /// Content that was written to the kernel, as the program counts it, in bytes.
  package var contentBytes: Int?
  /// What the server said.
  package var reply: String?
  /// The command that waited for a reply, as it was sent.
  package var command: String?
  /// Whether it left together with others.
  var isPipelined = false
  /// How large the message is, in bytes, where nothing of it was sent.
  var declaredBytes: Int?
  /// `nil` where a server was asked, or a connection tried.
  package var untried: Untried?
  /// Causes and remarks that the words name by themselves.
  var named: [CauseID] = []
  /// What the line says where status and stage do not say it.
  package var remark: String?

  /// Understands `words`; `nil` where no program is known that says so.
  package init?(_ words: String) {
    let text = LogText(words)
    // A program's own words stand in front of what it quotes: a reply may have the words of any program in it.
    let matches = LogPattern.all.enumerated().compactMap { number, pattern in
      pattern.template.match(text).map { (number: number, match: $0, reading: pattern.reading) }
    }.sorted { ($0.match.start, $0.number) < ($1.match.start, $1.number) }
    for (_, match, reading) in matches {
      guard let line = reading(match.holes) else { continue }
      self = line
      command = command.map(Self.withoutCredentials)
      reply = reply.map(Self.withoutCredentials)
      // It names whom it likes, too: us, most often.
      let quoted = line.reply == nil ? nil : match.ranges["reply"]
      let rest = quoted.map(text.without) ?? text
      find(placeIn: rest)
      find(recipientIn: rest)
      return
    }
    return nil
  }

  init(
    program: Program, side: Side = .sender, status: SessionStatus, stage: Stage?,
    reply: String? = nil, command: String? = nil
  ) {
    self.program = program
    self.side = side
    self.status = status
    self.stage = stage
    self.reply = reply
    self.command = command
  }

  /// `STALLED at body`, or the status alone; `NOT TRIED` where no session was begun.
  package var title: String {
    if untried != nil { return "NOT TRIED" }
    return status.rawValue.uppercased().replacing("_", with: " ")
      + (stage.map { " at \($0.rawValue)" } ?? "")
  }

  /// Who may have the bytes: what a session of ours would find one of.
  package var custodies: [Custody] {
    guard status == .stalled, let stage else { return [] }
    switch stage {
    case .resolve, .connect: return []
    case .banner: return [.peerSilent]
    // A write that times out found no room: the kernel holds what nobody acknowledged or has a window for.
    case .body: return [.unacknowledged, .windowClosed, .heldLocally]
    case .ehlo, .starttls, .tls, .auth, .mail, .rcpt, .data, .dot, .quit:
      return [.acknowledgedUnanswered, .unacknowledged, .replyCutShort]
    }
  }
}
