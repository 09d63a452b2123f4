import SessionOptions
import SessionTrace

/// The sender: what leaves, and when.
extension Dialogue {
  /// The connection stands: the greeting is due, and EHLO's reply too when it does not wait for it.
  mutating func begin() -> [Action] {
    state = .talking
    due.append(CommandInFlight(verb: .greeting, ordinal: nil))
    if plan.opensEarly { return openTransaction(behind: [CommandText(plan.hello, plan)]) }
    return plan.pregreet ? say(plan.hello) : []
  }

  /// The handshake is done: it begins anew.
  mutating func restart(flightOverhead overhead: Int) -> [Action] {
    state = .talking
    lastStage = .tls
    return perform(introduction.secured(flightOverhead: overhead))
  }

  /// Takes one step; nothing is owed.
  mutating func perform(_ step: Step) -> [Action] {
    switch step {
    case .say(.xclient):
      let remark = plan.remarkOnXclient(where: capabilities ?? Capabilities())
      return (remark.map { [.note($0)] } ?? []) + say(.xclient)
    case .say(let verb): return say(verb)
    case .handshake: return [.startTLS]
    case .authenticate: return [.authenticate(offered: (capabilities ?? Capabilities()).mechanisms)]
    case .answerChallenge(let challenge): return answer(challenge: challenge)
    case .doubtAcceptance: return doubtAcceptance()
    case .stayUnknown(let reason): return goOnUnknown(reason)
    case .envelope: return openTransaction()
    case .transaction: return continueTransaction()
    case .chunk: return openChunk()
    case .nextMessage: return openNextMessage()
    case .leave: return goesOnBehindRefusal ? goOnBehindRefusal() : leave()
    case .giveUpTLS: return finish(.tlsNotOffered, at: .starttls)
    case .close: return finish(.done, at: .quit)
    }
  }

  /// What AUTH has to say next.
  mutating func authenticate(_ move: AuthenticationMove) -> [Action] {
    guard due.isEmpty else { return [] }
    switch move {
    case .begin(let mechanism, let response):
      let (line, isWhole) = CommandText.authentication(mechanism, response)
      heldResponse = isWhole ? nil : response
      responsesToProof = SASLMechanism(named: mechanism)?.isMutual == true ? 2 : 0
      return send([line])
    case .respond(let bytes):
      responsesToProof = max(0, responsesToProof - 1)
      return respond(bytes)
    case .abandon(let reason):
      takenBack = .stayUnknown(reason)
      return send([CommandText.cancellation])
    case .cancel(let reason):
      takenBack = .stayUnknown(nil)
      return [.note(reason), breach(.badChallenge)] + send([CommandText.cancellation])
    case .unavailable(let reason): return goOnUnknown(reason)
    }
  }

  /// Nobody knows who we are, for that reason or for the breach that was told: ends, or goes on where that may be.
  private mutating func goOnUnknown(_ reason: String?) -> [Action] {
    guard let next = introduction.settled(isAuthenticated: false) else {
      return finish(reason.map { .notAuthenticated($0) } ?? .protocolError, at: .auth)
    }
    let note = reason.map { "\($0); went on without AUTH, as --auth-optional has it" }
    return [note.map { .note($0) }].compactMap(\.self) + perform(next)
  }

  /// A server that says yes and proves nothing has learnt nothing, and may be anybody.
  private mutating func doubtAcceptance() -> [Action] {
    [breach(.unprovenServer)] + goOnUnknown(nil)
  }

  /// What the server said at AUTH, which ends the dialogue where that may not go on without.
  private func breach(_ kind: Violation.Kind) -> Action {
    .violation(
      kind, bytes: lastChallenge, stage: .auth, isFatal: plan.authentication?.isOptional != true)
  }

  private mutating func answer(challenge: [UInt8]?) -> [Action] {
    guard let held = heldResponse else { return [.answerChallenge(challenge)] }
    heldResponse = nil
    return respond(held)
  }

  /// Sends the response, or takes the exchange back where no line may be that long.
  private mutating func respond(_ bytes: [UInt8]) -> [Action] {
    let line = CommandText.response(bytes)
    let length = line.bytes.count
    guard length <= CommandText.longestResponse else {
      return authenticate(
        .abandon(
          "AUTH was taken back: the response would be a line of \(length) bytes, and RFC 4954 has"
            + " room for \(CommandText.longestResponse)"))
    }
    return send([line])
  }

  /// Whether the next thing to leave is content, and everything that it waits for has come.
  var isContentNext: Bool {
    guard due.isEmpty, outOfStep == nil else { return false }
    switch next {
    case .chunk: return true
    case .transaction:
      switch transaction?.next {
      case .chunk: return true
      case .content: return sendsContent
      case .send, .loneDot, .abandon, .leave, nil: return false
      }
    case .say, .handshake, .authenticate, .answerChallenge, .doubtAcceptance, .stayUnknown,
      .envelope, .nextMessage, .leave,
      .giveUpTLS, .close, nil:
      return false
    }
  }

  var sendsContent: Bool { plan.message != nil && plan.stop != .data }

  /// Ends the dialogue; `stage` is where it stood.
  mutating func finish(_ completion: Completion, at stage: Stage) -> [Action] {
    state = .over(stage)
    if completion == .done { isLeaving = true }
    return [.finish(completion)]
  }

  /// Whether commands may leave together.
  var isPipelining: Bool {
    switch plan.pipelining {
    case .auto: capabilities?.offersPipelining == true
    case .on, .early: true
    case .off: false
    }
  }

  /// How many transactions this connection is for: as many as were asked for, and as the server takes.
  private var transactionsToOpen: Int {
    let wanted = plan.messages * partsOfMessage
    guard wanted > 1 else { return wanted }
    return min(wanted, capabilities?.limit("MAILMAX") ?? wanted)
  }

  private var partsOfMessage: Int { parts?.sent.count ?? 1 }

  var hasMoreTransactions: Bool { transactionsOpened < transactionsToOpen }

  /// Whether only the recipients of this part were refused: what others there are is for the next to say. Behind
  /// the last part it is one of another message, which follows where somebody got this one.
  var goesOnBehindRefusal: Bool {
    guard partsOfMessage > 1, hasMoreTransactions, transaction?.isForNobody == true else {
      return false
    }
    return isPartTaken || transactionsOpened % partsOfMessage != 0
  }

  /// What is left of a message that began in chunks and met nobody is not for the next part, which begins anew.
  private mutating func goOnBehindRefusal() -> [Action] {
    let isInChunks = plan.sendsChunks(where: capabilities ?? Capabilities())
    return (isInChunks ? [.stopContent] : []) + openNextMessage()
  }

  private mutating func openNextMessage() -> [Action] {
    guard plan.resetsBetween || transaction?.isOpen == true else { return openTransaction() }
    transaction = nil
    isBetweenMessages = true
    isDecided = false
    return say(.rset)
  }

  /// Whether leave is taken in the same breath as the last that is wanted.
  private var quitsEarly: Bool { plan.quitsEarly && isPipelining }

  /// The last words, where they are to leave behind the end of the message and before its reply;
  /// asked once, when that end has been passed through ``content(_:isEnd:)``.
  package mutating func farewellBehindMessage() -> Flight? {
    // With a message to come there is nothing to take leave of.
    guard quitsEarly, !hasMoreTransactions else { return nil }
    let quit = [CommandText(.quit, plan)]
    expect(quit)
    return Flight(quit)
  }

  private mutating func say(_ verb: Verb) -> [Action] { send([CommandText(verb, plan)]) }

  private mutating func send(_ lines: some Collection<CommandText>) -> [Action] {
    expect(lines)
    return [.send(Flight(lines))]
  }

  private mutating func expect(_ lines: some Collection<CommandText>) {
    for line in lines {
      due.append(CommandInFlight(verb: line.verb, ordinal: commandsSent))
      commandsSent += 1
      if line.verb == .quit { hasSaidGoodbye = true }
    }
  }

  /// The envelope, behind what leaves with it.
  private mutating func openTransaction(behind hello: [CommandText] = []) -> [Action] {
    let offered = capabilities ?? Capabilities()
    let parts = parts ?? plan.parts(where: offered)
    self.parts = parts
    let place = transactionsOpened % parts.sent.count
    if place == 0 { isPartTaken = false }
    let envelope = PreparedEnvelope(
      plan, part: parts.sent[place], offered: offered,
      isPipelined: isPipelining, flightOverhead: introduction.flightOverhead ?? 0)
    let remarks = transactionsOpened == 0 ? remarks(on: envelope, of: parts, offered) : []
    transactionsOpened += 1
    isDecided = false
    isBetweenMessages = false
    usesPRDR = plan.usesPRDR(where: offered)
    usesUTF8 = plan.usesUTF8(where: offered)
    let lacksMessage = envelope.lines.last?.verb != .data && !plan.sendsChunks(where: offered)
    let farewell = lacksMessage && quitsEarly ? [Verb.rset, .quit] : []
    var opened = Transaction(
      envelope.lines + farewell.map { CommandText($0, plan) }, isPipelined: isPipelining,
      endsInChunks: plan.sendsChunks(where: offered))
    let lines = opened.nextLines()
    transaction = opened
    let actions = remarks + send(hello + lines)
    // By LMTP it is for the replies to RCPT to say how many are owed to the chunk.
    let opensChunk =
      plan.chunking.mode == .early && isPipelining && !plan.isLMTP && opened.leavesRoomForChunk
    return opensChunk ? actions + openChunk() : actions
  }

  /// What is to be said of the first transaction, which holds for all.
  private func remarks(
    on envelope: PreparedEnvelope, of parts: EnvelopeParts, _ offered: Capabilities
  ) -> [Action] {
    var record = envelope.record
    record.parts = PartsRecord(parts)
    var notes = envelope.notes
    // Where EHLO has yet to be answered, what is offered is told then.
    if capabilities != nil { notes += plan.remarks(where: offered, knowing: offered, parts) }
    return notes.map(Action.note) + [.envelope(record)]
  }

  private mutating func continueTransaction() -> [Action] {
    guard var current = transaction else { return leave() }
    if case .delivering(let delivery) = state {
      // The first chunk left with the envelope. What was announced goes to its end, whatever became of that; the
      // reply to it says the rest.
      guard delivery.isGathering, current.next != .chunk else { return [] }
      state = .talking
      return goesOnBehindRefusal ? goOnBehindRefusal() : [.stopContent] + leave()
    }
    switch current.next {
    case .send:
      let lines = current.nextLines()
      transaction = current
      return send(lines)
    case .content: return openContent()
    case .chunk: return openChunk()
    // Nobody was accepted, so LMTP owes the dot no reply (RFC 2033 section 4.2).
    case .loneDot where plan.isLMTP: return finish(.done, at: .data)
    case .loneDot:
      isLeaving = !goesOnBehindRefusal
      return say(.loneDot)
    case .abandon: return finish(.done, at: .data)
    case .leave: return perform(.leave)
    }
  }

  /// DATA was accepted: content if there is some, else the safe stop, a close without a dot.
  private mutating func openContent() -> [Action] {
    guard sendsContent else { return finish(.done, at: .data) }
    state = .delivering(.whole(looksForDots: plan.message?.hasLeadingDots != false))
    commandsSent += 1
    return [.sendContent]
  }

  /// A chunk may go.
  private mutating func openChunk() -> [Action] {
    var delivery = Delivery.inChunks
    if case .delivering(let begun) = state {
      delivery = begun
      delivery.openChunk()
    }
    state = .delivering(delivery)
    return [.sendChunk]
  }

  private mutating func leave() -> [Action] {
    isLeaving = true
    if plan.dropsAtEnd { return finish(.done, at: lastStage) }
    guard transaction?.isOpen == true else { return say(.quit) }
    transaction?.close()
    let words = [Verb.rset, .quit].map { CommandText($0, plan) }
    return send(words.firstGroup(isPipelined: isPipelining))
  }
}
