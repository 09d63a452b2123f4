/// Commands and content: what a server does with what it has read.
extension ServerSession {
  /// A command line longer than this has no end worth waiting for.
  private static let longestCommand = 65_536

  /// Takes the next command or stretch of content off the input; false when there is none.
  mutating func takeNext() -> Bool {
    switch phase {
    case .alive(.commands): takeCommand()
    case .alive(.content(let isAnswered)): takeContent(isAnswered: isAnswered)
    case .alive(.chunk(let chunk)): take(chunk)
    case .alive(.greeting), .alive(.clientHello), .alive(.handshake), .silent, .gone: false
    }
  }

  private mutating func takeCommand() -> Bool {
    guard let lineEnd = endOfLine() else {
      guard input.count > Self.longestCommand else { return false }
      input = []
      steps += usually(healthy.tooLong) + [.hangUp]
      return true
    }
    let position = readBoundaries.received - input.count
    let line = Array(input[...lineEnd])
    input = input[(lineEnd + 1)...]
    var command = CommandText(line, isResponse: transaction.authentication != nil)
    let chunk = chunk(announcedBy: command)
    let end = position + line.count + (chunk?.size ?? 0)
    command.isInGroup = readBoundaries.holdsMore(than: position..<end)
    lastWasInGroup = command.isInGroup
    steps.append(.record(.command(command.shown)))
    if let chunk {
      begin(chunk)
      return true
    }
    let usual = healthy.reply(to: command, in: transaction)
    if let index = ruleIndex(for: command) {
      let rule = script.rules[index]
      steps += directed(rule, usual: usual)
      if let code = rule.firstCode(usual: usual) { take(effect: code, of: command) }
    } else {
      steps += usually(usual)
      if let code = usual.first { take(effect: code, of: command) }
    }
    return true
  }

  /// Where the first line of the input ends; a server that thinks in reads sees no CRLF that lies
  /// across two of them.
  private func endOfLine() -> Int? {
    guard script.habits.contains(.lineEndsInOneRead) else { return input.firstIndex(of: 10) }
    let position = readBoundaries.received - input.count - input.startIndex
    return input.indices.dropFirst().first { index in
      input[index] == 10 && input[index - 1] == 13 && !readBoundaries.isStart(position + index)
    }
  }

  /// The first digit of the reply decides what the command did, as it does for a client.
  private mutating func take(effect code: UInt8, of command: CommandText) {
    let isPositive = code == UInt8(ascii: "2")
    if command.verb == "MAIL" { transaction.senders += 1 }
    takeAuthentication(effect: code, of: command)
    switch (command.verb, isPositive) {
    case ("EHLO", true), ("HELO", true), ("LHLO", true):
      transaction = HealthyReplies.Transaction(
        hasGreeted: true, domains: transaction.domains, senders: transaction.senders,
        isSecured: transaction.isSecured)
    case ("STARTTLS", true): steps.append(.startTLS)
    case ("XCLIENT", true):
      transaction = HealthyReplies.Transaction(isSecured: transaction.isSecured)
    case ("MAIL", true):
      transaction.hasSender = true
      transaction.hasEmptySender = command.words.contains { $0.hasSuffix("<>") }
      transaction.envelope = command.bytes
      transaction.wantsReplyForEach = healthy.offers("PRDR") && command.has(parameter: "PRDR")
    case ("RCPT", true):
      transaction.recipients += 1
      transaction.domains.insert(command.domain)
      transaction.envelope += command.bytes
    case ("RSET", true): resetTransaction()
    case ("QUIT", true): steps.append(.hangUp)
    case ("DATA", _) where code == UInt8(ascii: "3"): steps.append(.beginContent)
    case (_, _): break
    }
  }

  /// A challenge has the next line answer it; any other reply ends the exchange.
  private mutating func takeAuthentication(effect code: UInt8, of command: CommandText) {
    guard code == UInt8(ascii: "3"), command.verb == "AUTH" || command.verb == CommandText.response
    else {
      transaction.authentication = nil
      return
    }
    if var exchange = transaction.authentication {
      exchange.responses += 1
      transaction.authentication = exchange
    } else {
      transaction.authentication = HealthyReplies.Authentication(mechanism: command.mechanism)
    }
  }

  private mutating func takeContent(isAnswered: Bool) -> Bool {
    guard !input.isEmpty else { return false }
    switch content.take(&input) {
    case .exhausted:
      return false
    case .rule(let index):
      fire(ofContent: index)
    case .end:
      steps.append(.record(.content(content.count)))
      let usual = healthy.accepted(size: content.count, in: transaction)
      if let index = ruleIndex(where: { $0 == .endOfData }) {
        if script.rules[index].firstCode(usual: usual) == UInt8(ascii: "2") { keepMessage() }
        steps += directed(script.rules[index], usual: usual)
      } else if !isAnswered {
        keepMessage()
        steps += usually(usual)
      }
      resetTransaction()
      phase = .alive(.commands)
    }
    return true
  }

  /// Does what a rule asks for that was waiting for something in the content.
  mutating func fire(ofContent index: Int) {
    let rule = script.rules[index]
    guard allows(rule) else { return }
    steps += directed(rule, usual: [])
    guard rule.firstCode(usual: []) != nil else { return }
    switch phase {
    case .alive(.content): phase = .alive(.content(isAnswered: true))
    case .alive(.chunk(var chunk)):
      chunk.answer = .given
      phase = .alive(.chunk(chunk))
    case .alive(.greeting), .alive(.commands), .alive(.clientHello), .alive(.handshake), .silent,
      .gone:
      break
    }
  }

  /// Hands the message out, before the reply that takes it: who has the reply finds it.
  mutating func keepMessage() {
    guard let bytes = content.message else { return }
    steps.append(.keep(ReceivedMessage(envelope: transaction.envelope, content: bytes)))
  }

  mutating func resetTransaction() {
    transaction.hasSender = false
    transaction.hasEmptySender = false
    transaction.envelope = []
    transaction.recipients = 0
    transaction.hasChunks = false
    transaction.wantsReplyForEach = false
  }
}

/// Rules to steps.
extension ServerSession {
  /// A healthy reply, shaped as all replies of this server are.
  func usually(_ words: [UInt8]) -> [Step] {
    [.record(.reply(words))] + Lab.steps(saying: words, shapes: script.shapes)
  }

  /// The steps of a rule, where `as usual` says `usual`, or does `usualStep` if it is no saying.
  func directed(_ rule: Rule, usual: [UInt8], usualStep: Step? = nil) -> [Step] {
    var steps: [Step] = rule.line > 0 ? [.record(.rule(line: rule.line))] : []
    var words: [UInt8] = []
    var shapes: [ReplyShape] = []
    func speak() {
      guard !words.isEmpty else { return }
      steps.append(.record(.reply(words)))
      steps += Lab.steps(saying: words, shapes: shapes + script.shapes)
      words = []
      shapes = []
    }
    for direction in rule.directions {
      switch direction {
      case .say(let bytes):
        // A shape is about what stands before it.
        if !shapes.isEmpty { speak() }
        words += bytes
      case .asUsual:
        if !shapes.isEmpty { speak() }
        words += usual
        if let usualStep { steps.append(usualStep) }
      case .shape(let shape): shapes.append(shape)
      case .sayNothing: break
      case .fallSilent, .stopReading, .dropQueuedInput, .nextSegment, .pause, .hangUp, .close,
        .reset, .startTLS, .hangUpInSilence, .closeTLS, .sendInClear:
        speak()
        if let step = direction.step { steps.append(step) }
      }
    }
    speak()
    return steps
  }
}

extension Direction {
  /// The step of a direction that needs no words.
  fileprivate var step: Step? {
    switch self {
    case .fallSilent: .fallSilent
    case .stopReading: .stopReading
    case .dropQueuedInput: .dropQueuedInput
    case .nextSegment: .flush
    case .pause(let time): .pause(time)
    case .hangUp: .hangUp
    case .close: .close
    case .reset: .reset
    case .startTLS: .startTLS
    case .hangUpInSilence: .hangUpInSilence
    case .closeTLS: .closeTLS
    case .sendInClear(let bytes): .sendInClear(bytes)
    case .say, .asUsual, .sayNothing, .shape: nil
    }
  }
}

extension Rule {
  /// The first byte that the rule says, `nil` when it says nothing.
  func firstCode(usual: [UInt8]) -> UInt8? {
    for direction in directions {
      switch direction {
      case .say(let bytes): if let first = bytes.first { return first }
      case .asUsual: if let first = usual.first { return first }
      case .sayNothing, .fallSilent, .stopReading, .dropQueuedInput, .nextSegment, .pause, .hangUp,
        .close, .reset, .startTLS, .shape, .hangUpInSilence, .closeTLS, .sendInClear:
        break
      }
    }
    return nil
  }
}
