import SessionOptions
import SessionTrace

/// The receiver: what each reply means.
extension Dialogue {
  /// Takes a complete reply that began as `origin`.
  mutating func take(_ reply: Reply, range: Range<Int>, evidence: [UInt8], origin: ReplyOrigin)
    -> [Action]
  {
    switch origin {
    case .due: return answer(reply, range: range, evidence: evidence)
    case .duringContent where reply.isRefusal:
      // The content may have ended while the reply was still coming in.
      return isSendingContent
        ? refuseContent(reply, range: range)
        : answer(reply, range: range, evidence: evidence)
    case .duringContent, .unsolicited:
      return unsolicited(reply, range: range, evidence: evidence)
    }
  }

  /// Ends the dialogue over a broken rule; once we are leaving, nothing is lost any more.
  mutating func breakOff(_ kind: Violation.Kind, _ evidence: [UInt8], at stage: Stage) -> [Action] {
    let isFatal = !isLeaving
    return [.violation(kind, bytes: evidence, isFatal: isFatal)]
      + finish(isFatal ? .protocolError : .done, at: stage)
  }

  /// The oldest command without a reply has it now.
  private mutating func answer(_ reply: Reply, range: Range<Int>, evidence: [UInt8]) -> [Action] {
    guard let command = due.popFirst() else { return [] }
    let stage = command.kind.stage
    lastStage = stage
    let read = readingEnhancedCode(reply, of: command.kind)
    let actions: [Action] = [
      .reply(
        AnsweredReply(
          reply: read, command: command.ordinal, isGreeting: command.kind == .greeting,
          byteRange: range, wasDue: true, stage: stage))
    ]
    // The server is leaving, whatever was asked (RFC 5321 section 3.8): no QUIT either.
    if reply.code == 421 { return actions + finish(.done, at: stage) }
    guard command.kind.canHave(reply.code) else {
      return actions + breakOff(.unexpectedCode, evidence, at: stage)
    }
    return actions + decide(on: reply, to: command.kind)
  }

  /// What an answer changes, and the step it leads to.
  private mutating func decide(on reply: Reply, to kind: ReplyDue) -> [Action] {
    switch kind {
    case .greeting:
      isTurnedAway = !reply.isPositive
      next = leavesAfterGreeting ? .leave : .ehlo
    case .ehlo where reply.isPermanentRefusal && !leavesAfterGreeting:
      next = .helo
    case .ehlo, .helo:
      offered =
        kind == .ehlo && reply.isPositive ? Capabilities(ehloReply: reply) : Capabilities()
      next = reply.isPositive ? stepAfterHello : .leave
      return startTLSOfferedInTLS
    case .startTLS:
      if reply.isPositive {
        state = .handshake
        next = .handshake
      } else {
        next = plan.tls == .require ? .leave : stepInClear
      }
    case .mail:
      transaction?.senderAnswered(isAccepted: reply.isPositive)
      next = .transaction
    case .rcpt:
      transaction?.recipientAnswered(isAccepted: reply.isPositive)
      next = .transaction
    case .data:
      transaction?.dataAnswered(isAccepted: reply.isPositive)
      next = .transaction
    case .chunk where reply.isPositive: next = .chunk
    // RFC 3030 section 2: after a chunk that was refused nothing but RSET makes sense.
    case .chunk: next = .leave
    case .lastChunk where !reply.isPositive: next = .leave
    case .content, .loneDot, .lastChunk:
      transaction?.close()
      next = .leave
    case .reset: next = .leave
    case .quit: next = .close
    }
    return []
  }

  /// The greeting decides, even where EHLO left before it was read.
  private var leavesAfterGreeting: Bool {
    isTurnedAway || plan.stop == .banner || (plan.tls == .implicit && plan.stop == .tls)
  }

  private var stepAfterHello: Step {
    if leavesAfterGreeting || plan.stop == .firstHelo { return .leave }
    guard flightOverhead == nil, plan.tls == .auto || plan.tls == .require else {
      return stepInClear
    }
    if capabilities?.offersStartTLS == true { return .startTLS }
    return plan.tls == .require ? .giveUpTLS : stepInClear
  }

  /// After the last EHLO; `tls` is a stop here when no TLS came about.
  private var stepInClear: Step {
    plan.stop == .helo || plan.stop == .tls ? .leave : .envelope
  }

  /// RFC 3207 section 4.2: under TLS, STARTTLS must not be offered again.
  private var startTLSOfferedInTLS: [Action] {
    guard flightOverhead != nil || plan.tls == .implicit,
      let line = offered?.line(of: "STARTTLS")
    else { return [] }
    return [.violation(.startTLSOfferedInTLS, bytes: line, isFatal: false)]
  }

  /// A 4xx or 5xx came while content was being sent: it is the answer to the content.
  private mutating func refuseContent(_ reply: Reply, range: Range<Int>) -> [Action] {
    let answered = AnsweredReply(
      reply: readingEnhancedCode(reply, of: .content), command: commandsSent - 1,
      isGreeting: false, byteRange: range, wasDue: true, stage: .body)
    return [.reply(answered), .stopContent] + finish(.done, at: .body)
  }

  /// Nothing waited for this reply: it is shown, and answers no command, now or later.
  private mutating func unsolicited(_ reply: Reply, range: Range<Int>, evidence: [UInt8])
    -> [Action]
  {
    let answered = AnsweredReply(
      reply: readingEnhancedCode(reply, of: nil), command: nil, isGreeting: false,
      byteRange: range, wasDue: false, stage: stage)
    // RFC 5321 section 3.8 lets a server say 421 unasked.
    if reply.code == 421 { return [.reply(answered)] + finish(.done, at: stage) }
    let actions: [Action] = [
      .violation(.unsolicitedReply, bytes: evidence, isFatal: false), .reply(answered),
    ]
    guard (200...599).contains(reply.code) else {
      return actions + breakOff(.unexpectedCode, evidence, at: stage)
    }
    return actions
  }

  /// Enhanced codes stand in no reply to the greeting or EHLO (RFC 2034 section 4).
  private func readingEnhancedCode(_ reply: Reply, of kind: ReplyDue?) -> Reply {
    guard capabilities?.offersEnhancedCodes == true else { return reply }
    switch kind {
    case .greeting, .ehlo, .helo: return reply
    case .startTLS, .mail, .rcpt, .data, .content, .chunk, .lastChunk, .loneDot, .reset, .quit,
      nil:
      return reply.readingEnhancedCode()
    }
  }
}
