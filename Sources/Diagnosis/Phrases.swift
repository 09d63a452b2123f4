package import SessionTrace

/// What well-known clients would have said of the same event, so that people know their own log line.
///
/// Only wording that these programs really print; `nil` where a program would log nothing, or
/// something that depends on more than the trace tells. Compared with the sources of Postfix 3.12 and
/// Exim 4.99, and with the manual of swaks.
package struct Phrases: Codable, Sendable, Equatable {
  /// The reason in Postfix's `status=deferred (...)`.
  package var postfix: String?
  /// Exim's main log line, without its time and message id.
  package var exim: String?
  /// The exit status of swaks.
  package var swaksExit: Int?

  /// The phrases for `trace`, of which `verdict` was found.
  package init(of trace: Trace, verdict: Verdict) {
    let event = LoggedEvent(trace: trace, verdict: verdict)
    self.postfix = event.postfixPhrase
    self.exim = event.eximPhrase
    self.swaksExit = event.swaksExit
  }

  /// Whether none of them would say anything.
  package var isEmpty: Bool { postfix == nil && exim == nil && swaksExit == nil }

  private enum CodingKeys: String, CodingKey {
    case postfix, exim
    case swaksExit = "swaks_exit"
  }
}

/// The event in the terms that the programs share.
struct LoggedEvent {
  let trace: Trace
  let verdict: Verdict

  /// `mx.example.com[192.0.2.25]`, Postfix's way; `nil` when no address was ever known, and for a UNIX
  /// socket, to which neither speaks SMTP.
  var bracketedHost: String? { internetAddress.map { "\(host)[\($0)]" } }

  /// `H=mx.example.com [192.0.2.25]`, Exim's way.
  var eximHost: String? { internetAddress.map { "H=\(host) [\($0)]" } }

  private var internetAddress: String? { trace.target.isUnixSocket ? nil : address }

  var host: String { printable(trace.target.host) }

  /// The address connected to, or the last one tried.
  var address: String? {
    (trace.target.address ?? trace.attempts.last?.address).map(printable)
  }

  /// The reply that decided the session, for `rejected` and `deferred`.
  var decidingReply: ReplyRecord? {
    trace.replies.last { $0.stage == verdict.stage && $0.code >= 400 }
  }

  /// The first command of the verdict's stage that has no good reply, as it was sent.
  var decidingCommand: CommandRecord? {
    let ofStage = trace.commands.filter { $0.stage == verdict.stage }
    if let open = ofStage.first(where: { !$0.isAnswered }) { return open }
    return ofStage.last { command in
      command.reply.map { trace.replies.indices.contains($0) && trace.replies[$0].code >= 400 }
        ?? false
    }
  }

  /// Whether content by BDAT is what stopped or was refused.
  var isAboutChunks: Bool {
    (verdict.stage == .body || verdict.stage == .dot) && trace.sendsChunks
  }

  /// The code and the lines of a reply as one line.
  func oneLine(_ reply: ReplyRecord, separator: String) -> String {
    reply.linesAsSent.map(printable).joined(separator: separator)
  }
}
