import SessionOptions
import SessionTrace

extension LogLine {
  /// What stands for a server that the line does not name, for a domain, and for who logs in.
  package static let placeholders = (host: "HOST", domain: "DOMAIN", user: "USER")

  /// The sessions that show what the line says and find out why; none where no server had a part in it.
  package var commands: [ShellCommand] {
    guard untried != .refusedAtHome else { return [] }
    return isSettled ? [probe] : [probe, diagnosis]
  }

  /// The session that shows who has the bytes where the line speaks of a sender's session. It delivers mail only
  /// where the message itself is what the line is about.
  package var probe: ShellCommand {
    ShellCommand(words: ["smtpprobe"] + options.commandLine(at: target))
  }

  /// The same session, and those that find out why.
  private var diagnosis: ShellCommand {
    ShellCommand(words: ["smtpprobe", "diagnose"] + options.commandLine(at: target))
  }

  /// Whether ``probe`` ends before what was refused: it sends no message to a server that gave its reason, since
  /// each that it refuses counts against the sender.
  package var stopsBeforeMessage: Bool {
    stage == .dot && (status == .rejected || status == .deferred) && messageSize == nil
  }

  /// The server, where the line names it: a server logs who its client is.
  package var server: String? { side == .sender ? host ?? address : nil }

  private var target: String {
    if isDomain ?? (stage == .resolve && program.routesMail) {
      return "mx:\(server ?? Self.placeholders.domain)"
    }
    let name = server ?? Self.placeholders.host
    guard side == .sender, let port, port != 25 else { return name }
    return name.contains(":") ? "[\(name)]:\(port)" : "\(name):\(port)"
  }

  private var options: SessionOptions {
    var options = SessionOptions()
    switch stage {
    case .body?, .dot?: options.messageSize = messageSize
    case .starttls?, .tls?: options.tls = named.contains(.implicitTlsPort) ? .implicit : .require
    case .auth? where side == .sender:
      options.auth = SASLChoice.any
      options.authUser = Self.placeholders.user
    case .resolve?, .connect?, .banner?, .ehlo?, .auth?, .mail?, .rcpt?, .data?, .quit?, nil: break
    }
    if side == .sender { repeatCommand(with: &options) }
    // Exim opens its connections so by default, and other programs do not (its ChangeLog, 4.93).
    if program == .exim, side == .sender, stage == .body { options.socket.fastOpen = .cookie }
    return options
  }

  /// Says what the sender said, as far as the line has it.
  private func repeatCommand(with options: inout SessionOptions) {
    if isPipelined { options.pipelining = .on }
    if let sender = mailbox(behind: "MAIL FROM:<") { options.from = sender }
    if let recipient = mailbox(behind: "RCPT TO:<") { options.to = [recipient] }
    if let command, ["EHLO ", "HELO ", "LHLO "].contains(where: command.uppercased().hasPrefix),
      let name = command.split(separator: " ").dropFirst().first.map(String.init),
      !name.hasPrefix("-"), name.utf8.allSatisfy(Self.isShown)
    {
      options.ehlo = name
    }
    // A size that is declared asks for the same refusal, and delivers nothing (RFC 1870 section 4).
    if reason == .size || reply == nil, let size = declaredBytes ?? declaredInCommand,
      status == .rejected || status == .deferred,
      let parameter = try? ESMTPParameter(option: "SIZE=\(size)")
    {
      options.mailParam = [parameter]
    }
  }

  private var declaredInCommand: Int? {
    command?.split(separator: " ").first { $0.uppercased().hasPrefix("SIZE=") }
      .flatMap { leadingNumber(String($0.dropFirst(5))) }
  }

  /// The mailbox that the command names; whoever wrote the line may have put anything there.
  private func mailbox(behind words: String) -> String? {
    guard let command, command.uppercased().hasPrefix(words),
      let end = command.firstIndex(of: ">")
    else { return nil }
    let mailbox = String(command[..<end].dropFirst(words.count))
    let isOne =
      mailbox.contains("@") && mailbox.utf8.count <= 320 && !mailbox.hasPrefix("-")
      && mailbox.utf8.allSatisfy(Self.isShown)
    return isOne ? mailbox : nil
  }

  /// Whether it is a printable letter of ASCII.
  private static func isShown(_ byte: UInt8) -> Bool { (0x21...0x7E).contains(byte) }

  /// How large a message shows it, in bytes; `nil` where the server says that it minds who sends.
  private var messageSize: Int? {
    guard status == .rejected || status == .deferred else { return contentBytes ?? Self.usual }
    return reason == nil && !isAddressUnknown ? contentBytes ?? Self.small : nil
  }

  /// Where the line does not tell how large the message was, in bytes: more than windows and buffers of a
  /// young connection hold.
  private static let usual = 300_000
  /// What a server refuses after the message it refuses at any size, most often; in bytes.
  private static let small = 1_000
}
