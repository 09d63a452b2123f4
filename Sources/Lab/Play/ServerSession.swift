package import SessionTrace

/// One connection of a lab server: bytes and time in, actions out.
///
/// Healthy but for its script. It reads as one thread would: while it pauses it takes no command, and
/// the replies to commands that came together leave together (RFC 2920 section 3.2).
package struct ServerSession: Sendable {
  /// Where the connection stands.
  enum Phase: Equatable, Sendable {
    /// The client is served.
    case alive(Conversation)
    /// Bytes are taken and forgotten.
    case silent
    /// The connection is being left.
    case gone

    var isAlive: Bool {
      switch self {
      case .alive: true
      case .silent, .gone: false
      }
    }
  }

  /// What is read from a client that is served.
  enum Conversation: Equatable, Sendable {
    /// Nothing: the greeting has not been said, and what the client sends ahead waits.
    case greeting
    /// Command lines.
    case commands
    /// Message content; whether it was answered before its end, where no reply is due any more.
    case content(isAnswered: Bool)
    /// The bytes that BDAT announced.
    case chunk(Chunk)
    /// The first bytes of a TLS handshake.
    case clientHello
    /// The rest of it.
    case handshake
  }

  let script: ServerScript
  /// Whether messages that are taken are handed out.
  private let keepsMessages: Bool
  let healthy: HealthyReplies
  var phase: Phase
  var transaction = HealthyReplies.Transaction()
  var input: ArraySlice<UInt8> = []
  var steps: ArraySlice<Step> = []
  var content: ContentReader
  var readBoundaries = ReadBoundaries()
  /// The header of the PROXY protocol has come.
  private var hasHeader = false
  /// Whether the command that was taken last came together with others.
  var lastWasInGroup = false
  private var said: [UInt8] = []
  /// Bytes given away to be sent since everything was known to have left.
  private var unsent = 0
  /// Whether more is said only after ``ServerEvent/sent``.
  private(set) var awaitsRoom = false
  var commandCounts: [Int: Int] = [:]
  /// The client's FIN has come, and what it sent before is still being dealt with.
  private var clientHasFinished = false
  private var pausedUntil: Microseconds?
  private var connectedAt: Microseconds = 0
  private var elapsedRules: Set<Int> = []
  let connection: Int
  /// Where the client connected to.
  let address: String?
  var chance: Chance
  private var actions: [ServerAction] = []

  /// The session of a connection, which is counted from 1: its number is half of its luck.
  package init(
    script: ServerScript, connection: Int = 1, address: String? = nil, keepsMessages: Bool = false
  ) {
    self.script = script
    self.keepsMessages = keepsMessages
    self.connection = connection
    self.address = address
    chance = Chance(seed: script.seed, connection: connection)
    healthy = HealthyReplies(script)
    phase = .alive(script.isImplicitTLS ? .clientHello : .greeting)
    content = ContentReader(rules: [])
  }

  /// Takes an event and says what is to be done.
  package mutating func receive(_ event: ServerEvent, now: Microseconds) -> [ServerAction] {
    take(event, now)
    advance(now)
    defer { actions = [] }
    return actions
  }

  private mutating func take(_ event: ServerEvent, _ now: Microseconds) {
    switch (phase, event) {
    case (_, .sent):
      awaitsRoom = false
      unsent = 0
    case (.alive(let conversation), .connected):
      connectedAt = now
      if conversation == .greeting, !script.awaitsFirstBytes { greet() }
    case (.alive(.greeting), .bytes(let bytes)) where script.expectsProxyHeader && !hasHeader:
      receiveHeader(bytes)
    case (.alive(let conversation), .bytes(let bytes)):
      if conversation == .greeting { receiveEarlyTalk() }
      if conversation == .greeting, steps.isEmpty { greet() }
      receive(bytes)
    case (.alive, .bytesBehindHandshake(let bytes)):
      receive(bytes)
      fire { $0 == .tlsFinishedWithMore }
    case (.alive(.clientHello), .handshakeBytes(let bytes)): receiveHello(bytes)
    case (.alive(.handshake), .handshakeBytes(let bytes)): steps.append(.passHandshake(bytes))
    case (.alive(.clientHello), .secured), (.alive(.handshake), .secured): receiveSecured()
    case (.alive, .tlsRecord(let length)):
      fire { if case .tlsRecordOver(let limit) = $0 { length > limit } else { false } }
    case (.alive, .tlsClosed): fire { $0 == .tlsCloses }
    case (.alive, .deadline): fireElapsedRules(now)
    case (.alive, .endOfStream):
      finished()
      if !steps.isEmpty { fire { $0 == .finishesEarly } }
    // A program that hangs does not read, but its socket tells all the same.
    case (.silent, .endOfStream), (.gone, .endOfStream): finished()
    // Of a handshake that nobody asked for, or that is over.
    case (.alive(.greeting), .handshakeBytes), (.alive(.commands), .handshakeBytes),
      (.alive(.content), .handshakeBytes), (.alive(.chunk), .handshakeBytes),
      (.alive(.greeting), .secured), (.alive(.commands), .secured), (.alive(.content), .secured),
      (.alive(.chunk), .secured):
      break
    case (.silent, .connected), (.silent, .bytes), (.silent, .bytesBehindHandshake),
      (.silent, .handshakeBytes), (.silent, .secured), (.silent, .tlsRecord),
      (.silent, .tlsClosed), (.silent, .deadline):
      break
    case (.gone, .connected), (.gone, .bytes), (.gone, .bytesBehindHandshake),
      (.gone, .handshakeBytes), (.gone, .secured), (.gone, .tlsRecord), (.gone, .tlsClosed),
      (.gone, .deadline):
      break
    }
  }

  private mutating func finished() {
    clientHasFinished = true
    record(.finished)
  }

  /// Takes what may be a header of the PROXY protocol; greets behind it, and leaves where it is none.
  private mutating func receiveHeader(_ bytes: [UInt8]) {
    receive(bytes)
    switch ProxyHeaderReading(Array(input)) {
    case .incomplete: break
    case .header(let length):
      hasHeader = true
      input = input.dropFirst(length)
      greet()
    case .none:
      steps += [.close]
    }
  }

  /// When to send `.deadline`; `nil` when nothing waits for time.
  package var nextDeadline: Microseconds? {
    guard phase.isAlive else { return nil }
    return ([pausedUntil] + pendingElapsed.map { connectedAt + $0.time }).compactMap { $0 }.min()
  }

  /// Whether more input is wanted; while it is not, the kernel's buffer fills and the window shuts.
  ///
  /// What the client sends while the server pauses costs this much at most, and one read more.
  package var wantsInput: Bool { input.count < Self.mostWaiting }

  private static let mostWaiting = 262_144

  /// The most bytes of words said over and over that wait for a client to read them.
  static let mostUnsent = 65_536

  private mutating func receive(_ bytes: [UInt8]) {
    if script.habits.contains(.holdsGroupReplies) { flush() }
    readBoundaries.note(read: bytes.count, waiting: input.count)
    input += bytes
  }

  private mutating func record(_ event: LabEvent) { actions.append(.record(event)) }

  // MARK: The turn

  private mutating func advance(_ now: Microseconds) {
    while true {
      performSteps(now)
      guard steps.isEmpty, phase != .gone else { break }
      guard takeNext() else { break }
      if script.flushesEachReply { steps.append(.flush) }
    }
    guard steps.isEmpty else { return }
    if !(lastWasInGroup && script.habits.contains(.holdsGroupReplies)) { flush() }
    if clientHasFinished, phase != .gone { finish() }
  }

  private mutating func finish() {
    clientHasFinished = false
    if phase.isAlive, let index = ruleIndex(where: { $0 == .finishes }) {
      steps += directed(script.rules[index], usual: [])
      performSteps(connectedAt)
      flush()
    }
    switch phase {
    // A program that hangs does not notice that its client has nothing more to say.
    case .silent: actions.append(.outlastClient)
    case .alive, .gone:
      phase = .gone
      actions.append(.close)
    }
  }

  private mutating func performSteps(_ now: Microseconds) {
    while !awaitsRoom, let step = steps.first {
      switch step {
      case .say(let bytes):
        said += bytes
      case .again(let count, let round):
        if unsent + said.count >= Self.mostUnsent {
          flush()
          awaitsRoom = true
          return
        }
        let more = count > 1 ? [Step.again(count - 1, round)] : []
        steps = (round + more)[...] + steps.dropFirst()
        continue
      case .flush:
        flush()
      case .pause(let time):
        if !script.habits.contains(.keepsRepliesWhilePausing) { flush() }
        let until = pausedUntil ?? now + time
        guard now >= until else {
          pausedUntil = until
          return
        }
        pausedUntil = nil
      case .record(let event):
        record(event)
      case .beginCommands:
        phase = .alive(.commands)
      case .passHandshake(let bytes):
        actions.append(.handshake(bytes))
      case .keep(let message):
        actions.append(.keep(message))
      case .beginContent:
        content = newContent(endsAtDot: true)
        phase = .alive(.content(isAnswered: false))
      case .dropQueuedInput:
        input = []
      case .stopReading:
        flush()
        record(.stoppedReading)
        actions.append(.stopReading)
      case .startTLS:
        // RFC 3207 section 4.2: what came ahead of the handshake in clear is discarded.
        if !script.carriesClearTextIntoTLS { input = [] }
        leave(.startTLS, for: .alive(.clientHello))
      case .fallSilent:
        flush()
        phase = .silent
        input = []
      case .sendInClear(let bytes):
        flush()
        actions.append(.sendInClear(bytes))
      case .closeTLS:
        flush()
        actions.append(.closeTLS)
      case .hangUp: leave(.hangUp, for: .gone)
      case .hangUpInSilence: leave(.hangUpInSilence, for: .gone)
      case .close: leave(.close, for: .gone)
      case .reset: leave(.reset, for: .gone)
      }
      steps = phase.isAlive ? steps.dropFirst() : []
    }
  }

  private mutating func leave(_ action: ServerAction, for next: Phase) {
    flush()
    actions.append(action)
    phase = next
  }

  private mutating func flush() {
    guard !said.isEmpty else { return }
    actions.append(.send(said))
    unsent += said.count
    said = []
  }

  /// The reader of a message that begins.
  func newContent(endsAtDot: Bool) -> ContentReader {
    ContentReader(
      rules: script.rules, furtherEnds: endsAtDot ? script.furtherEndsOfData : [],
      endsAtDot: endsAtDot, keepsAll: keepsMessages)
  }

  // MARK: Events that are no commands

  private mutating func greet() {
    let usual = healthy.greeting
    if let index = ruleIndex(where: { $0 == .connects }) {
      steps += directed(script.rules[index], usual: usual)
    } else {
      steps += usually(usual)
    }
    steps.append(.beginCommands)
  }

  private mutating func receiveEarlyTalk() {
    guard let index = ruleIndex(where: { $0 == .earlyTalk }) else { return }
    pausedUntil = nil
    steps = directed(script.rules[index], usual: healthy.greeting)[...] + [.beginCommands]
  }

  private mutating func receiveHello(_ bytes: [UInt8]) {
    phase = .alive(.handshake)
    let hello = FirstHandshakeRead(bytes)
    guard let index = ruleIndex(where: { hello.meets($0) }) else {
      steps.append(.passHandshake(bytes))
      return
    }
    let rule = script.rules[index]
    steps += directed(rule, usual: [], usualStep: .passHandshake(bytes))
    if !rule.directions.contains(.asUsual) { steps.append(.fallSilent) }
  }

  private mutating func receiveSecured() {
    transaction = HealthyReplies.Transaction(isSecured: true)
    if script.isImplicitTLS {
      phase = .alive(.greeting)
      greet()
    } else {
      phase = .alive(.commands)
    }
  }

  private var pendingElapsed: [(index: Int, time: Microseconds)] {
    script.rules.enumerated().compactMap { index, rule in
      guard case .elapsed(let time) = rule.condition, !elapsedRules.contains(index) else {
        return nil
      }
      return (index, time)
    }
  }

  private mutating func fireElapsedRules(_ now: Microseconds) {
    for (index, time) in pendingElapsed where now >= connectedAt + time {
      elapsedRules.insert(index)
      guard allows(script.rules[index]) else { continue }
      steps = directed(script.rules[index], usual: []) + steps
    }
  }

  /// Does what a rule asks for as soon as its condition holds.
  private mutating func fire(_ holds: (Condition) -> Bool) {
    guard let index = ruleIndex(where: holds) else { return }
    // Whoever is interrupted in a pause begins it anew.
    pausedUntil = nil
    steps = directed(script.rules[index], usual: []) + steps
  }
}
