import SessionTrace

/// swaks: the table "EXIT CODES" of its manual, and what it was seen to do.
extension LoggedEvent {
  /// The exit status of swaks; `nil` where it would hang, or has none for the event.
  var swaksExit: Int? {
    // It sends no BDAT, so it would not have come here.
    if isAboutChunks { return nil }
    switch verdict.status {
    case .ok: return 0
    case .unreachable: return 2
    case .closed, .reset: return verdict.stage == .tls ? 29 : 6
    case .interrupted, .internalError: return nil
    case .tlsFailed: return 29
    // Its timeout does not cover the handshake.
    case .stalled where verdict.stage == .tls: return nil
    case .stalled, .rejected, .deferred, .protocolError: return codeOfStage
    }
  }

  private var codeOfStage: Int {
    switch verdict.stage {
    case .resolve, .connect: 2
    case .banner: 21
    case .ehlo: trace.tls == nil ? 22 : 32
    case .starttls, .tls: 29
    case .auth: 28
    case .mail: 23
    case .rcpt: 24
    case .data: 25
    case .body, .dot: 26
    case .quit: 27
    }
  }
}
