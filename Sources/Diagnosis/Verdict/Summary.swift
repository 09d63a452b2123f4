import SessionTrace

/// One sentence that says where the session stopped, for the first line of every report.
///
/// What went wrong after the message was accepted says so first: the mail is delivered, and whoever
/// tries again delivers it twice.
func summary(of verdict: Verdict, in trace: Trace) -> String {
  let event = whatHappened(verdict, trace)
  guard verdict.status != .ok else { return event }
  if trace.isMessageAccepted { return acceptance(trace) + "; then " + event }
  guard trace.transactionsWanted > 1, trace.messagesTaken > 0 else { return event }
  return severalTaken(trace, "accepted and delivered") + "; then " + event
}

/// That so many messages of several were taken, or that one was in so many transactions; `size` is said of it.
private func severalTaken(_ trace: Trace, size: String = "", _ fate: String) -> String {
  let wanted = trace.transactionsWanted
  let number = "\(trace.messagesTaken) of \(wanted)"
  guard let parts = trace.envelope?.parts else { return "\(number) messages\(size) were \(fate)" }
  return
    "the message\(size) was \(fate) in \(wanted == 1 ? "1 transaction" : number + " transactions")"
    + " (\(parts.limits.joined(separator: " ")))"
}

private func acceptance(_ trace: Trace) -> String {
  let delivered = trace.deliveryAnswers.count { $0.code < 300 }
  let part =
    trace.deliveryAnswers.isEmpty || delivered == trace.recipientsOfMessage
    ? "" : " for \(delivered) of \(count(trace.recipientsOfMessage, "recipient"))"
  if trace.transactionsWanted > 1 || trace.envelope?.parts != nil {
    let size = "\(trace.content?.taken ?? 0) bytes"
    let leftOver = trace.envelope?.parts?.leftOver ?? 0
    return severalTaken(
      trace, size: trace.envelope?.parts == nil ? " (\(size) each)" : " (\(size))", "accepted")
      + "; mail was delivered to the peer"
      + (leftOver == 0 ? "" : "; \(count(leftOver, "recipient")) left over")
  }
  return "the message (\(trace.content?.taken ?? 0) bytes) was accepted\(part);"
    + " a mail was delivered to the peer"
}

private func whatHappened(_ verdict: Verdict, _ trace: Trace) -> String {
  switch verdict.status {
  case .ok: okSummary(verdict, trace)
  case .stalled:
    "\(whatIsMissing(verdict, trace))\(whereItIs(verdict, trace))\(whatIsAtRisk(verdict, trace))"
  case .closed:
    (trace.target.isUnixSocket
      ? "the peer closed its socket" : "the peer closed the connection (FIN)")
      + " \(whileDoing(verdict, trace))\(whereItIs(verdict, trace))"
  case .reset:
    (trace.target.isUnixSocket
      ? "the peer closed its socket with bytes of ours unread" : "the connection was reset")
      + " \(whileDoing(verdict, trace))\(whereItIs(verdict, trace))"
  case .rejected, .deferred: refusalSummary(trace)
  case .unreachable: unreachableSummary(verdict, trace)
  case .tlsFailed: tlsSummary(trace)
  case .protocolError: protocolSummary(trace)
  case .interrupted:
    "stopped by a signal \(whileDoing(verdict, trace))\(whereItIs(verdict, trace))"
  case .internalError: "smtpprobe failed: \(verdict.error ?? "no reason was recorded")"
  }
}

private func okSummary(_ verdict: Verdict, _ trace: Trace) -> String {
  if trace.isMessageAccepted || trace.transactionsWanted > 1 && trace.messagesTaken > 0 {
    return acceptance(trace) + refusedRecipients(trace) + leaving(trace)
  }
  let missing = trace.commandCount { !$0.isAnswered }
  let exception = missing == 0 ? "" : " but \(missing)"
  return "every reply\(exception) came, up to \(verdict.stage.rawValue); no message was sent"
    + refusedRecipients(trace)
}

/// A server that left instead of answering our leave-taking.
private func leaving(_ trace: Trace) -> String {
  guard let reply = trace.replies.last, reply.code == 421 else { return "" }
  return "; the server then left with 421\(reply.lines.last.map { " " + short($0) } ?? "")"
}

/// A server that answers what follows the end of the message has read that end.
private func whatIsAtRisk(_ verdict: Verdict, _ trace: Trace) -> String {
  guard verdict.stage == .dot, trace.nudgeReading == .ownReply else { return "" }
  return "; a NOOP behind it was answered, so the message was read: whoever sends it again may"
    + " deliver it twice"
}

/// The missing thing: a reply, a banner, the rest of a reply, or room in the window.
private func whatIsMissing(_ verdict: Verdict, _ trace: Trace) -> String {
  if let partial = trace.partialReply {
    let awaited = verdict.stage == .banner ? "greeting" : "reply \(toWhat(verdict, trace))"
    return "the \(awaited) began and did not end (\(partial.inWords))"
  }
  switch verdict.stage {
  case .banner:
    return "connected, but the server sent no greeting within \(durationText(verdict.waited))"
  case .body where trace.unansweredChunk == nil: return "the message content does not get through"
  case .tls: return "no answer in the TLS handshake"
  case .resolve, .connect, .ehlo, .starttls, .auth, .mail, .rcpt, .data, .body, .dot, .quit:
    return "no reply \(toWhat(verdict, trace))"
  }
}

extension PartialReply {
  /// `17 bytes`, `40 bytes of a TLS record of 3010 bytes, no text yet`.
  package var inWords: String {
    let bytes = count(length, "byte")
    guard let ciphertext else { return bytes }
    if ciphertext < length {
      return "\(count(length &- ciphertext, "byte")), and \(ciphertext) of a TLS record"
    }
    return record.map { "\(bytes) of a TLS record of \(count($0, "byte")), no text yet" }
      ?? "\(bytes) of TLS"
  }
}

private func toWhat(_ verdict: Verdict, _ trace: Trace) -> String {
  if let chunk = trace.unansweredChunk { return "to " + chunk.text }
  if verdict.stage == .dot { return "to the end of data" + missingRecipients(trace) }
  if verdict.stage == .tls { return "in the TLS handshake" }
  guard let first = verdict.pending.firstUnanswered else { return "to \(verdict.stage.rawValue)" }
  return "to " + commandName(first)
}

/// `MAIL FROM` of `MAIL FROM:<a@b> SIZE=4`; `EHLO` of `EHLO host`.
func commandName(_ text: String) -> String {
  if let colon = text.firstIndex(of: ":"), text[..<colon].count <= 9 {
    return String(text[..<colon])
  }
  return String(text.prefix { $0 != " " })
}

/// What was in hand when the connection ended.
private func whileDoing(_ verdict: Verdict, _ trace: Trace) -> String {
  switch verdict.stage {
  case .resolve: "while resolving"
  case .connect: "while connecting"
  case .banner: "before its greeting"
  case .tls: "in the TLS handshake"
  case .body where trace.unansweredChunk == nil: "while the message content was being sent"
  case .dot where trace.unansweredChunk == nil: "after the end of data"
  case .ehlo, .starttls, .auth, .mail, .rcpt, .data, .body, .dot, .quit:
    if trace.partialReply != nil {
      "in its reply \(toWhat(verdict, trace))"
    } else if isOurTurn(trace) {
      "before we \(nextWords(verdict))"
    } else {
      "before its reply \(toWhat(verdict, trace))"
    }
  }
}

/// Whether the peer owes nothing for what it has: all of it is answered.
private func isOurTurn(_ trace: Trace) -> Bool {
  trace.commands.first { !$0.isAnswered }.map { !isHandedOver($0, in: trace) } ?? true
}

private func nextWords(_ verdict: Verdict) -> String {
  verdict.pending.firstUnanswered.map { "said \(commandName($0))" } ?? "said more"
}

/// Who has the bytes, in one clause.
private func whereItIs(_ verdict: Verdict, _ trace: Trace) -> String {
  let ledger = verdict.ledger
  let inFlight = ledger.sent - ledger.acknowledged
  switch verdict.custody {
  // That a greeting is missing says so already.
  case .peerSilent where verdict.status == .stalled && verdict.stage == .banner: return ""
  case .peerSilent: return ": nothing of ours is outstanding, the peer has not spoken"
  case .heldLocally:
    return ledger.unsent > 0
      ? ": \(count(ledger.unsent, "byte")) never left this host, the window is open"
      : ": all \(count(ledger.written, "byte")) handed over"
        + " \(trace.target.isUnixSocket ? "are in the server's socket" : "were acknowledged"),"
        + " the rest was not sent yet"
  case .windowClosed:
    return trace.target.isUnixSocket
      ? ": the server's socket is full, nobody reads it"
      : ": \(count(ledger.unsent, "byte")) wait\(ledger.unsent == 1 ? "s" : ""), the peer's window is shut"
  case .unacknowledged:
    return ": \(count(inFlight, "byte")) sent and not acknowledged"
      + (ledger.unsent > 0 ? ", \(ledger.unsent) more not sent" : "")
  case .acknowledgedUnanswered: return ": \(flightShape(verdict, trace))"
  case nil: return whatWasOpen(ledger, inFlight: inFlight)
  case .replyCutShort: return ""
  }
}

/// What became of our bytes where the end of the connection left nobody in charge of them.
private func whatWasOpen(_ ledger: Ledger, inFlight: Int) -> String {
  if inFlight > 0 {
    return ": \(count(inFlight, "byte")) had just been sent, and nothing tells whether the peer had"
      + " \(inFlight == 1 ? "it" : "them")"
  }
  if ledger.written == 0 { return "" }
  if ledger.unsent > 0 { return ": \(count(ledger.unsent, "byte")) had not left yet" }
  return ledger.answered == ledger.written
    ? ": everything sent so far was answered" : ": everything sent so far was acknowledged"
}

/// `12 commands sent in one segment of 513 bytes, all acknowledged, none answered`.
private func flightShape(_ verdict: Verdict, _ trace: Trace) -> String {
  let arrived = whatArrived(trace)
  if verdict.stage == .dot || verdict.stage == .body {
    return "all \(count(verdict.ledger.written, "byte")) \(arrived), "
      + "the \(verdict.stage == .dot ? "message" : "chunk") not answered"
  }
  let pending = verdict.pending
  guard let first = trace.commands.first(where: { !$0.isAnswered }) else {
    return "all \(count(verdict.ledger.written, "byte")) \(arrived)"
  }
  let flight = trace.commands.filter { $0.flight == first.flight }
  let start = flight.first?.start ?? first.start
  let end = flight.last?.end ?? first.end
  let handedOver = min(end, trace.ledger.written)
  let answered = pending.answered == 0 ? "none answered" : "\(pending.answered) answered"
  return
    "\(count(pending.commands, "command")) sent in \(trace.shape(from: start, to: handedOver)), "
    + "\(verdict.ledger.acknowledged < handedOver ? "the first" : "all") \(arrived), \(answered)"
}

/// What is known of bytes that have arrived: an ACK, or that a program has read them.
private func whatArrived(_ trace: Trace) -> String {
  guard trace.target.isUnixSocket else { return "acknowledged" }
  switch trace.finalFacts?.readByPeer {
  case true?: return "read by the server's program"
  case false?: return "in the server's socket, not all of it read"
  case nil: return "in the server's socket"
  }
}

private func refusalSummary(_ trace: Trace) -> String {
  if case .notAuthenticated(let reason) = trace.ending { return reason }
  guard let refusal = decisiveRefusal(in: trace), trace.replies.indices.contains(refusal.reply)
  else { return "refused" }
  let reply = trace.replies[refusal.reply]
  let asked =
    switch refusal.stage {
    case .banner: "the greeting"
    // The line that was answered may hold nothing but stars.
    case .auth: "AUTH"
    case .body, .dot: "the message"
    default: reply.command.map(commandName) ?? refusal.stage.rawValue
    }
  let broken = trace.wireError == nil ? "" : "; it was read after the connection broke"
  let verb = refusal.stage == .banner ? "was" : "was answered"
  return "\(asked) \(verb) \(reply.lastLineAsSent)\(broken)"
}

private func tlsSummary(_ trace: Trace) -> String {
  guard case .tlsFailed(let failure) = trace.ending else { return "TLS failed" }
  let alert = failure.alert.map { " (alert \($0))" } ?? ""
  let first = failure.firstBytes.map { " (it began \(short($0)))" } ?? ""
  return "\(failure.text)\(alert)\(first)"
}

private func protocolSummary(_ trace: Trace) -> String {
  guard let violation = trace.violations.last(where: \.isFatal) else {
    return "the peer broke the protocol"
  }
  if violation.kind == .unsolicitedReply, let stray = trace.replies.first(where: { !$0.wasDue }) {
    let words = stray.lines.last.map { " " + short($0) } ?? ""
    return "a reply came that nothing of ours had asked for, \(stray.code)\(words); a client that"
      + " matches replies in order takes it for the next one, and is one off from there on"
  }
  return "the peer broke the protocol (\(violation.kind.rawValue)): \(violation.bytes)"
}
