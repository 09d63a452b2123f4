import SessionOptions
import SessionTrace

/// The receiver: what each reply means.
extension Dialogue {
  /// Takes a complete reply that began as `origin`.
  mutating func take(_ reply: Reply, range: Range<Int>, evidence: [UInt8], origin: ReplyOrigin)
    -> [Action]
  {
    if outOfStep != nil { return surplus(reply, range: range, evidence: evidence) }
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

  /// Only leave-taking is left, or will be once the step at hand is taken.
  private var isSettled: Bool {
    isLeaving || isDecided || (next == .transaction && transaction?.isRefused == true)
  }

  /// Ends the dialogue over a broken rule; once the delivery has its answer, nothing is lost any more.
  mutating func breakOff(_ kind: Violation.Kind, _ evidence: [UInt8], at stage: Stage) -> [Action] {
    if let outOfStep {
      return [.violation(kind, bytes: evidence, stage: outOfStep, isFatal: false)]
        + finish(.protocolError, at: outOfStep)
    }
    let isFatal = !isSettled
    return [.violation(kind, bytes: evidence, stage: stage, isFatal: isFatal)]
      + finish(isFatal ? .protocolError : .done, at: stage)
  }

  /// The oldest command without a reply has it now.
  private mutating func answer(_ reply: Reply, range: Range<Int>, evidence: [UInt8]) -> [Action] {
    if reply.code == 221 { passOverToQuit() }
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
    let following = decide(on: reply, to: command.kind)
    if command.kind.isLast || (next == .leave && !reply.isPositive) { isDecided = true }
    return actions + following
  }

  /// 221 answers QUIT and nothing else (RFC 5321 section 4.1.1.10): what left before QUIT and has no
  /// reply will get none.
  private mutating func passOverToQuit() {
    guard let quit = due.firstIndex(where: { $0.kind == .quit && isHandedOver($0) }) else {
      return
    }
    due.removeSubrange(..<quit)
  }

  /// What an answer changes, and the step it leads to.
  private mutating func decide(on reply: Reply, to kind: ReplyDue) -> [Action] {
    switch kind {
    case .greeting:
      isTurnedAway = !reply.isPositive
      next = leavesAfterGreeting ? .leave : .ehlo
    // Exim, Postfix and swaks fall back whatever refused it; 421 has ended the dialogue before.
    case .ehlo where reply.isRefusal && !leavesAfterGreeting:
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
    return [.violation(.startTLSOfferedInTLS, bytes: line, stage: lastStage, isFatal: false)]
  }

  /// A 4xx or 5xx came while content was being sent: it is the answer to the content.
  ///
  /// It is one in the middle where some had left, or would have between two reads. A message that goes to
  /// its end in between is answered as a whole, also where the refusal came with the 354.
  private mutating func refuseContent(_ reply: Reply, range: Range<Int>) -> [Action] {
    // A chunk that has not been announced would have been the next command.
    let ordinal = state == .gathering ? commandsSent : commandsSent - 1
    let hasMiddle = state != .gathering && plan.message?.hasMiddle == true
    let stage: Stage = hasBegunContent || hasMiddle ? .body : .dot
    let answered = AnsweredReply(
      reply: readingEnhancedCode(reply, of: .content), command: ordinal,
      isGreeting: false, byteRange: range, wasDue: true, stage: stage)
    due = []
    return [.reply(answered), .stopContent] + finish(.done, at: stage)
  }

  /// Nothing that had left waited for this reply: it answers no command, now or later.
  ///
  /// A client that matches replies in order takes it for the answer to what it says next. Before the
  /// delivery has its answer, everything from there on is one off for such a client, and a message that
  /// we went on to deliver would be no evidence of what it meets: the dialogue ends.
  private mutating func unsolicited(_ reply: Reply, range: Range<Int>, evidence: [UInt8])
    -> [Action]
  {
    // RFC 5321 section 3.8 lets a server say 421 unasked.
    if reply.code == 421 {
      return [.reply(unasked(reply, range))] + finish(.done, at: standing)
    }
    // Without a message the session ends with the 354. A refusal of the content behind it is not waited
    // for, and must not count by the chance of having come in the same read.
    if reply.isRefusal, next == .transaction, transaction?.next == .content, !sendsContent {
      return finish(.done, at: .data)
    }
    guard isSettled else {
      let actions: [Action] = [
        .violation(.unsolicitedReply, bytes: evidence, stage: standing, isFatal: true),
        .reply(unasked(reply, range)),
      ]
      outOfStep = standing
      return isSendingContent ? actions + [.stopContent] : actions
    }
    let actions = surplus(reply, range: range, evidence: evidence)
    guard (200...599).contains(reply.code) else {
      return actions + breakOff(.unexpectedCode, evidence, at: standing)
    }
    return actions
  }

  /// One more reply that answers nothing.
  private func surplus(_ reply: Reply, range: Range<Int>, evidence: [UInt8]) -> [Action] {
    [
      .violation(.unsolicitedReply, bytes: evidence, stage: outOfStep ?? standing, isFatal: false),
      .reply(unasked(reply, range)),
    ]
  }

  private func unasked(_ reply: Reply, _ range: Range<Int>) -> AnsweredReply {
    AnsweredReply(
      reply: readingEnhancedCode(reply, of: nil), command: nil, isGreeting: false,
      byteRange: range, wasDue: false, stage: outOfStep ?? standing)
  }

  /// Where the peer stands: at the first command without its reply that has left, else at the last
  /// answer. What we are about to say does not count, so that it does not matter where a read ends.
  var standing: Stage {
    if isSendingContent { return .body }
    return due.first.flatMap { isHandedOver($0) ? $0.kind.stage : nil } ?? lastStage
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
