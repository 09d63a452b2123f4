import SessionOptions
import SessionTrace

extension LogLine {
  /// The session that shows who has the bytes where the line speaks of a sender's session; a host that the line
  /// does not name is `mx.example.com`, a domain `example.com`.
  package var probe: ShellCommand {
    ShellCommand(words: ["smtpprobe"] + options.commandLine(at: target))
  }

  /// The same session, and those that find out why.
  package var diagnosis: ShellCommand {
    ShellCommand(words: ["smtpprobe", "diagnose"] + options.commandLine(at: target))
  }

  private var target: String {
    // A server logs who its client is.
    let known = side == .sender ? host ?? address : nil
    if isDomain || stage == .resolve { return "mx:\(known ?? "example.com")" }
    let name = known ?? "mx.example.com"
    guard let port, port != 25 else { return name }
    return name.contains(":") ? "[\(name)]:\(port)" : "\(name):\(port)"
  }

  private var options: SessionOptions {
    var options = SessionOptions()
    switch stage {
    case .body?, .dot?: options.messageSize = contentBytes ?? Self.usualMessage
    case .starttls?, .tls?: options.tls = .require
    case .resolve?, .connect?, .banner?, .ehlo?, .auth?, .mail?, .rcpt?, .data?, .quit?, nil: break
    }
    // Exim opens its connections so by default, and other programs do not (its ChangeLog, 4.93).
    if program == .exim, side == .sender, stage == .body { options.socket.fastOpen = .cookie }
    return options
  }

  /// Where the line does not tell how large the message was, in bytes: more than windows and buffers of a
  /// young connection hold.
  private static let usualMessage = 300_000
}
