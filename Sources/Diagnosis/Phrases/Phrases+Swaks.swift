import SMTPDialogue
import SessionTrace

/// swaks: the table "EXIT CODES" of its manual, and what it was seen to do.
extension LoggedEvent {
  /// The exit status of swaks; `nil` where it would hang, or has none for the event.
  var swaksExit: Int? {
    // It sends no BDAT, so it would not have come here.
    if isAboutChunks { return nil }
    // Of policies it knows nothing.
    if trace.isOutsideOfPolicy { return nil }
    switch happening {
    case .accepted:
      // It takes no notice of silence there, but of a connection that is gone.
      return verdict.stage == .quit && trace.ending.isByPeer ? Self.hungUp : 0
    case .surplusAtData: return code(of: .data)
    case .surplus: return nil
    case .refused(let reply): return code(ofRefusal: reply)
    // Its timeout does not cover the handshake.
    case .silence where stage == .tls: return nil
    // TLS that is not insisted upon is done without, and what comes then is not known.
    case .silence where stage == .starttls && !requiresTLS: return nil
    // QUIT has no code but that of a connection that is gone.
    case .silence where stage == .quit: return 0
    case .silence: return isDripping ? nil : code(of: stage)
    case .ended where stage == .tls: return codeOfHandshake
    // It may find that out while it is still connecting.
    case .ended where stage == .banner && verdict.status == .reset: return nil
    case .ended: return Self.hungUp
    case .handshakeFailed(let failure):
      if failure.name == "not_offered" { return code(of: .starttls) }
      return failure.alert != nil || requiresTLS ? codeOfHandshake : nil
    case .malformed: return code(of: stage)
    case .unreachable: return code(of: .connect)
    case .clearTextBehindStartTLS: return nil
    case .other: return codeOfRest
    }
  }

  /// The options that make it do what was done here.
  var swaksOptions: String? {
    var options: [String] = []
    if trace.option("tls") == .text("implicit") {
      options.append("--tls-on-connect")
    } else if requiresTLS {
      options.append("--tls")
    } else if trace.commands.contains(where: { $0.text == "STARTTLS" }) {
      options.append("--tls-optional")
    }
    if isPipelined { options.append("--pipeline") }
    return options.isEmpty ? nil : options.joined(separator: " ")
  }

  private var codeOfRest: Int? {
    switch verdict.status {
    case .ok: 0
    // Of a surplus reply it takes no notice where it comes.
    case .protocolError where trace.violations.last(where: \.isFatal)?.kind == .unsolicitedReply:
      nil
    case .protocolError: code(of: stage)
    case .rejected, .deferred, .stalled, .closed, .reset, .unreachable, .tlsFailed, .interrupted,
      .internalError:
      nil
    }
  }

  /// A server that leaves is missed where swaks reads on: behind EHLO for HELO, in a group for the rest.
  ///
  /// A reset behind a greeting may reach it before it has connected, or read: 2 or 21 by chance.
  private func code(ofRefusal reply: ReplyRecord) -> Int? {
    let stage = place(of: reply)
    if stage == .banner, case .failed = trace.ending { return nil }
    // Whether the server leaves behind a 421 that nobody asked for was not waited for.
    if reply.code == 421, !reply.wasDue { return nil }
    let leaves = reply.code == 421 || trace.ending.isByPeer
    let readsOn = stage == .ehlo || (isPipelined && (stage == .mail || stage == .rcpt))
    return leaves && readsOn ? Self.hungUp : code(of: stage)
  }

  /// What follows a handshake that failed: nothing, or in clear text a connection that is gone.
  private var codeOfHandshake: Int? {
    if requiresTLS { return 29 }
    // Of a reset it dies by signal.
    return verdict.status == .reset ? nil : Self.hungUp
  }

  private static let hungUp = 6

  private func code(of stage: Stage) -> Int? {
    if let names = logNames(at: stage) {
      return trace.tls.flatMap { _ in names.swaksUnderTLS } ?? names.swaks
    }
    switch stage {
    case .auth: return 28
    case .tls: return 29
    case .resolve, .connect, .banner, .ehlo, .starttls, .mail, .rcpt, .data, .body, .dot, .quit:
      return 2
    }
  }
}
