import SessionOptions
package import SessionTrace

/// The client's half of one SMTP session, without I/O and without a clock.
///
///     S: 220 mx.example.com ESMTP                connected, bytes
///     C: EHLO probe.example.org                  -> send
///     S: 250-mx.example.com                      bytes
///     S: 250 PIPELINING                          -> reply
///     C: MAIL FROM:<> / RCPT TO:<…> / DATA       -> envelope, send (one flight)
///     S: 250 / 250 / 354                         -> reply, reply, reply, finish
///
/// Fed by ``receive(_:)``, it answers with what to do. What has been sent runs ahead of what has been
/// answered; replies are matched to commands by count, and a reply that began while none was due, or
/// before the command had left (``handedOver(commands:)``), is never taken for an answer. Nothing the peer sends throws or traps. Sources: RFC 5321,
/// 2920 (pipelining), 3207 (STARTTLS), 1870 (SIZE), 6152 (8BITMIME), 2034 (enhanced codes), 6531,
/// 3030 (BDAT).
package struct Dialogue: Sendable {
  /// What happened.
  package enum Input: Equatable, Sendable {
    /// The connection stands; with implicit TLS, the handshake is done.
    case connected
    /// Clear text as one read brought it, encryption removed.
    case bytes([UInt8])
    /// The handshake after STARTTLS is done; `flightOverhead` is what encryption adds to a flight of
    /// one record, bytes.
    case secured(flightOverhead: Int)
    /// What to say at AUTH.
    case authenticating(AuthenticationMove)
    /// The peer will send no more.
    case endOfStream
  }

  /// What to do, in the order given.
  package enum Action: Equatable, Sendable {
    /// Hand these bytes to the wire.
    case send(Flight)
    /// A reply is complete.
    case reply(AnsweredReply)
    /// The peer broke a rule; `bytes` show it, `stage` is that of the reply. After a fatal one comes
    /// `finish(.protocolError)`.
    case violation(Violation.Kind, bytes: [UInt8], stage: Stage, isFatal: Bool)
    /// Something was done otherwise than asked; plain ASCII.
    case note(String)
    /// The envelope's bytes are made; once, before its first flight.
    case envelope(EnvelopeRecord)
    /// Begin the TLS handshake; no clear text was left behind the reply to STARTTLS.
    case startTLS
    /// AUTH is next, of these mechanisms: answer with ``Input/authenticating(_:)``.
    case authenticate(offered: [String])
    /// The same, for the server's challenge; `nil` for what is no Base64.
    case answerChallenge([UInt8]?)
    /// Pass the content through ``Dialogue/content(_:isEnd:)``.
    case sendContent
    /// Announce the next chunk by ``Dialogue/chunk(of:isLast:)`` and pass its bytes through
    /// ``Dialogue/content(_:isEnd:)``.
    case sendChunk
    /// An early refusal came: write no more content, and no dot.
    case stopContent
    /// The session is over for us: close.
    case finish(Completion)
  }

  /// Where the machine stands; what the peer owes is in `due`, what we do next in `next`.
  enum State: Equatable, Sendable {
    /// There is no connection yet.
    case connecting
    /// Commands and replies.
    case talking
    /// STARTTLS was accepted: the stream belongs to TLS until the handshake is done.
    case handshake
    /// The message is on its way, or the reply to it is awaited.
    case delivering(Delivery)
    /// Nothing more is sent or read, `stage` stays as it was.
    case over(Stage)
  }

  let plan: DialoguePlan
  var state = State.connecting
  /// Replies owed, oldest first.
  var due: ArraySlice<CommandInFlight> = []
  /// What we do once nothing is owed; set by the reply before.
  var next: Step?
  var introduction: Introduction
  /// The first response, where the line of AUTH has no room for it: the answer to the first challenge.
  var heldResponse: [UInt8]?
  /// What the server said last at AUTH.
  var lastChallenge: [UInt8] = []
  /// Responses until the server has proved that it knows the password, where the mechanism has it do so: one
  /// goes to its challenge, and one, empty, to its proof (RFC 5802 section 5, RFC 4954 section 4).
  var responsesToProof = 0
  /// The exchange was taken back, and whatever comes ends it: the step behind that.
  var takenBack: Step?
  var transaction: Transaction?
  /// Commands sent so far: the ordinal of the next one.
  package internal(set) var commandsSent = 0
  /// How many of them the wire has to their last byte; no other can be answered.
  private var commandsHandedOver = 0
  /// Stage of the last answer.
  var lastStage = Stage.banner
  /// SMTPUTF8 was asked for, so replies may carry 8-bit text (RFC 6531 section 3.7.4).
  var usesUTF8 = false
  /// The envelopes of a message's transactions, known when the first is opened.
  var parts: EnvelopeParts?
  /// Some part of the message at hand was taken.
  var isPartTaken = false
  /// Transactions begun.
  var transactionsOpened = 0
  /// RSET was said between two messages.
  var isBetweenMessages = false
  /// A reply for each recipient was asked for, and has not begun.
  var usesPRDR = false
  /// The delivery has its answer, yes or no; what is left is leave-taking.
  var isDecided = false
  /// Where a reply came that put whoever matches replies in order out of step; `nil` while none did.
  var outOfStep: Stage?
  private var parser = ReplyParser()
  /// What the reply being read began as.
  private var origin = ReplyOrigin.unsolicited

  /// What the last EHLO's reply offered; empty after HELO, `nil` before, and again after STARTTLS.
  package var offered: Capabilities? { introduction.offered }
  /// As much of that as is to be used (``DialoguePlan/ignoredKeywords``).
  package var capabilities: Capabilities? { introduction.capabilities }
  /// QUIT was said, behind which nothing is.
  package internal(set) var hasSaidGoodbye = false
  /// The outcome is decided: only a lone dot, RSET and QUIT remain.
  package internal(set) var isLeaving = false

  package init(_ plan: DialoguePlan) {
    self.plan = plan
    introduction = Introduction(plan)
  }

  /// What the oldest reply due will answer.
  var awaited: Verb? { due.first?.verb }

  /// The dialogue has not come to its end.
  var isRunning: Bool {
    if case .over = state { false } else { true }
  }

  /// Replies due now.
  package var unanswered: Int { due.count }

  /// Bytes of a reply that began and did not end.
  package var partialReply: [UInt8] { parser.partial }

  /// Where a session would stand that stopped now: at the first command without its reply.
  package var stage: Stage {
    switch state {
    case .connecting: .connect
    case .delivering(let delivery) where delivery.isUnderWay && due.isEmpty: .body
    case .talking, .delivering: awaited?.row.stage ?? lastStage
    case .handshake: .tls
    case .over(let stage): stage
    }
  }

  /// How long RFC 5321 has a client wait here, at least.
  package var patience: Microseconds {
    switch state {
    case .delivering(let delivery) where delivery.isUnderWay && due.isEmpty:
      VerbRow.patienceWithContent
    case .connecting, .talking, .delivering, .handshake, .over:
      awaited?.row.patience ?? VerbRow.patienceElsewhere
    }
  }

  /// Says that the first `count` commands, content and chunks among them, have gone to the wire whole.
  package mutating func handedOver(commands count: Int) {
    commandsHandedOver = max(commandsHandedOver, count)
  }

  /// Whether a reply to the command can come; to the greeting it always can.
  func isHandedOver(_ command: CommandInFlight) -> Bool {
    command.ordinal.map { $0 < commandsHandedOver } ?? true
  }

  /// Takes in what happened; returns what to do.
  package mutating func receive(_ input: Input) -> [Action] {
    switch (state, input) {
    case (.over, _): return []
    case (_, .endOfStream):
      state = .over(stage)
      return []
    case (.connecting, .connected): return begin()
    case (.handshake, .secured(let overhead)): return restart(flightOverhead: overhead)
    case (.talking, .authenticating(let move)): return authenticate(move)
    case (.handshake, .bytes(let bytes)): return clearText(bytes[...])
    case (.connecting, .bytes(let bytes)), (.talking, .bytes(let bytes)),
      (.delivering, .bytes(let bytes)):
      return read(bytes)
    // Said twice, or of a handshake nobody asked for.
    case (.talking, .connected), (.handshake, .connected), (.delivering, .connected),
      (.connecting, .secured), (.talking, .secured), (.delivering, .secured),
      (.connecting, .authenticating), (.handshake, .authenticating), (.delivering, .authenticating):
      return []
    }
  }

  /// Announces the next chunk; its line leaves with the first of its bytes (RFC 3030 section 2).
  package mutating func chunk(of size: Int, isLast: Bool) -> Command {
    let line = CommandText.chunk(of: size, isLast: isLast)
    if case .delivering(var delivery) = state, delivery.isGathering {
      delivery.announce(line)
      state = .delivering(delivery)
      commandsSent += 1
    }
    return line.command
  }

  /// The next of the content as it leaves: by DATA a dot is put before each line that begins with one,
  /// and the end of data behind the last; by BDAT the line that announces the chunk stands before it.
  ///
  /// With `isEnd` the reply to it, or to the chunk, is due.
  package mutating func content(_ bytes: [UInt8], isEnd: Bool) -> [UInt8] {
    guard case .delivering(var delivery) = state else { return [] }
    let passed = delivery.content(bytes, isEnd: isEnd)
    state = .delivering(delivery)
    if let verb = passed.due { due += repliesOwed(to: verb) }
    return passed.bytes
  }

  /// One reply, but by LMTP one to the end of the message for each recipient that was accepted.
  private func repliesOwed(to verb: Verb) -> [CommandInFlight] {
    let ordinal = commandsSent - 1
    let recipients = transaction?.accepted ?? []
    guard plan.isLMTP, verb.row.settles, !recipients.isEmpty else {
      return [CommandInFlight(verb: verb, ordinal: ordinal)]
    }
    return recipients.map { CommandInFlight(verb: verb, ordinal: ordinal, recipient: $0) }
  }

  /// Content is on its way, or may go, and not all of it has left: no reply to it is due yet.
  var isSendingContent: Bool {
    guard case .delivering(let delivery) = state else { return false }
    return delivery.isUnderWay || due.first.map { !isHandedOver($0) } == true
  }

  /// Reads every reply in `bytes`, then takes the next step once nothing is owed.
  ///
  /// The step waits for the whole read, and a stray reply for those behind it: what came with the
  /// reply that was due cannot be the answer to a command that had not left. Content alone begins at
  /// once, so that a refusal of it is one wherever the read ends.
  private mutating func read(_ bytes: [UInt8]) -> [Action] {
    var rest = bytes[...]
    var actions: [Action] = []
    while !rest.isEmpty {
      if parser.partial.isEmpty { origin = currentOrigin }
      switch parser.next(from: &rest) {
      case nil: break
      case .broken(let kind, let evidence):
        return actions + breakOff(kind, evidence, at: stage)
      case .reply(let reply, let range, let oddities, let evidence):
        actions += notice(oddities)
        actions += take(reply, range: range, evidence: evidence, origin: origin)
        if state == .handshake, !rest.isEmpty { return actions + clearText(rest) }
        if isRunning, isContentNext { actions += takeNextStep() }
      }
      guard isRunning else { return actions }
    }
    if let outOfStep { return actions + finish(.protocolError, at: outOfStep) }
    return due.isEmpty ? actions + takeNextStep() : actions
  }

  private mutating func takeNextStep() -> [Action] {
    guard let step = next else { return [] }
    next = nil
    return perform(step)
  }

  private var currentOrigin: ReplyOrigin {
    if due.first.map(isHandedOver) == true { return .due }
    return isSendingContent ? .duringContent : .unsolicited
  }

  private func notice(_ oddities: [ReplyParser.Oddity]) -> [Action] {
    oddities.filter { !(usesUTF8 && $0.kind == .eightBitInReply) }
      .map { .violation($0.kind, bytes: $0.evidence, stage: standing, isFatal: false) }
  }

  /// Clear text behind the reply to STARTTLS: whoever put it there is not the peer of the handshake.
  private mutating func clearText(_ bytes: ArraySlice<UInt8>) -> [Action] {
    state = .over(.starttls)
    let shown = Array(bytes.prefix(ReplyParser.longestLegalLine))
    return [
      .violation(.clearTextAfterStartTLS, bytes: shown, stage: .starttls, isFatal: true),
      .finish(.protocolError),
    ]
  }
}
