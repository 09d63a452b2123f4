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
    isLeaving || isDecided
      || (next == .transaction && transaction?.isRefused == true && !goesOnBehindRefusal)
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
    let row = command.verb.row
    lastStage = row.stage
    let opensReplies = announcesReplies(reply, to: command)
    let isLast = command.ordinal == nil || due.first?.ordinal != command.ordinal
    let read = row.carriesStatus ? readingEnhancedCode(reply) : reply
    let actions: [Action] = [
      .reply(
        AnsweredReply(
          reply: read, command: command.ordinal, isGreeting: command.verb == .greeting,
          byteRange: range, wasDue: true, stage: row.stage, recipient: command.recipient,
          isLast: isLast))
    ]
    // The server is leaving, whatever was asked (RFC 5321 section 3.8): no QUIT either.
    if reply.code == 421 { return actions + finish(.done, at: row.stage) }
    guard row.answers.allow(reply.code) || opensReplies else {
      return actions + breakOff(.unexpectedCode, evidence, at: row.stage)
    }
    guard isLast else { return actions }
    next = step(after: reply, to: command.verb)
    let notes = remarksOnHello(reply, to: command.verb)
    if due.first?.verb.isFarewell == true { isLeaving = true }
    if row.settles || (next == .leave && !reply.isPositive) { isDecided = true }
    guard command.verb.isHello, let line = introduction.startTLSOfferedInTLS
    else { return actions + notes }
    return actions + notes + [
      .violation(.startTLSOfferedInTLS, bytes: line, stage: lastStage, isFatal: false)
    ]
  }

  /// What the reply to EHLO says of what had left before it.
  private func remarksOnHello(_ reply: Reply, to verb: Verb) -> [Action] {
    guard plan.opensEarly, verb.isHello, reply.isPositive, let offered, let capabilities, let parts
    else { return [] }
    var notes: [String] = []
    // The name of the draft, and the one of Exim before it.
    if !offered.offers("PIPECONNECT"), !offered.offers("X_PIPE_CONNECT") {
      notes.append(
        "the server does not offer PIPECONNECT: commands left before its greeting all the same")
    }
    notes += plan.remarks(where: capabilities, knowing: Capabilities(), parts)
    return notes.map(Action.note)
  }

  /// With 353 a server announces a reply for each recipient that was accepted, and one for the message as a
  /// whole (draft-hall-prdr-00 section 3): all of them are due now.
  private mutating func announcesReplies(_ reply: Reply, to command: CommandInFlight) -> Bool {
    guard usesPRDR, reply.code == 353, command.verb.row.settles, command.verb.row.stage == .dot
    else {
      return false
    }
    usesPRDR = false
    let each = (transaction?.accepted ?? []).map {
      CommandInFlight(verb: command.verb, ordinal: command.ordinal, recipient: $0)
    }
    due = ArraySlice(each + [command] + due)
    return true
  }

  /// 221 answers QUIT and nothing else (RFC 5321 section 4.1.1.10): what left before QUIT and has no
  /// reply will get none.
  private mutating func passOverToQuit() {
    guard let quit = due.firstIndex(where: { $0.verb == .quit && isHandedOver($0) }),
      // Whether the mail was taken cannot be passed over.
      !due[..<quit].contains(where: { $0.verb.row.stage == .dot })
    else { return }
    due.removeSubrange(..<quit)
  }

  /// What an answer changes, and the step it leads to.
  private mutating func step(after reply: Reply, to verb: Verb) -> Step {
    switch verb.row.part {
    case .introduction(.auth):
      if let step = takenBack {
        takenBack = nil
        return step
      }
      lastChallenge = reply.lines.first ?? []
      if reply.isPositive, reply.code != 334, responsesToProof > 0 { return .doubtAcceptance }
      return introduction.answered(.auth, by: reply)
    case .introduction(let role):
      let step = introduction.answered(role, by: reply)
      if step == .handshake { state = .handshake }
      return step
    case .envelope(let role):
      transaction?.answered(role, isAccepted: reply.isPositive)
      return .transaction
    case .delivery(let role):
      // A chunk that left with the envelope may have met nobody.
      return step(
        afterDelivering: role, isAccepted: reply.isPositive && transaction?.isRefused != true)
    case .farewell(let closes):
      if isBetweenMessages {
        isBetweenMessages = false
        if reply.isPositive { return .envelope }
      }
      return closes ? .close : .leave
    }
  }

  private mutating func step(afterDelivering role: Delivery.Role, isAccepted: Bool) -> Step {
    guard case .delivering(let delivery) = state else { return .leave }
    switch delivery.answered(role, isAccepted: isAccepted) {
    case .nextChunk: return .chunk
    case .done:
      transaction?.close()
      if isAccepted { isPartTaken = true }
      state = .talking
      return isAccepted && hasMoreTransactions ? .nextMessage : .leave
    case .brokenOff: break
    }
    state = .talking
    return .leave
  }

  /// A 4xx or 5xx came while content was being sent: it is the answer to the content.
  ///
  /// It is one in the middle where some had left, or would have between two reads. A message that goes to
  /// its end in between is answered as a whole, also where the refusal came with the 354.
  private mutating func refuseContent(_ reply: Reply, range: Range<Int>) -> [Action] {
    guard case .delivering(let delivery) = state else { return [] }
    // A chunk that has not been announced would have been the next command.
    let ordinal = delivery.isGathering ? commandsSent : commandsSent - 1
    let hasMiddle = !delivery.isGathering && plan.message?.hasMiddle == true
    let stage: Stage = delivery.hasBegun || hasMiddle ? .body : .dot
    let answered = AnsweredReply(
      reply: readingEnhancedCode(reply), command: ordinal,
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
      reply: readingEnhancedCode(reply), command: nil, isGreeting: false,
      byteRange: range, wasDue: false, stage: outOfStep ?? standing)
  }

  /// Where the peer stands: at the first command without its reply that has left, else at the last
  /// answer. What we are about to say does not count, so that it does not matter where a read ends.
  var standing: Stage {
    if let awaited = due.first, isHandedOver(awaited) { return awaited.verb.row.stage }
    return isSendingContent ? .body : lastStage
  }

  private func readingEnhancedCode(_ reply: Reply) -> Reply {
    capabilities?.offersEnhancedCodes == true ? reply.readingEnhancedCode() : reply
  }
}
