import SMTPDialogue
import SessionOptions
import SessionTrace

extension FuzzTarget {
  /// A whole dialogue: the plan and the cuts from the front of the input, the server's words behind.
  static let dialogue = FuzzTarget(name: "dialogue") { input in
    var choices = Choices(input)
    guard let plan = plan(&choices) else { return }
    var play = DialoguePlay(plan, isHeld: choices.flag(), content: choices.byte())
    play.take(.connected)
    while !choices.rest.isEmpty, !play.isOver {
      let length = choices.byte()
      switch length {
      case 0xFE: play.take(.endOfStream)
      case 0xFD: play.take(.secured(flightOverhead: 22))
      case 0xFC: play.handOver()
      default: play.take(.bytes(choices.bytes(atMost: length + 1)))
      }
    }
    play.take(.endOfStream)
    require(play.isOver, "the stream has ended, and the dialogue has not")
  }

  private static func plan(_ choices: inout Choices) -> DialoguePlan? {
    let shape = choices.byte()
    let recipients = (0...(shape & 3)).map { Array("r\($0)@example.org".utf8) }
    let sender: [UInt8] = shape & 4 == 0 ? [] : choices.bytes(atMost: 40)
    guard let envelope = try? Envelope(sender: sender, recipients: recipients),
      var plan = try? DialoguePlan(
        ehloName: "probe.example", envelope: envelope,
        pipelining: choices.element(of: [.auto, .on, .early, .off]),
        tls: choices.element(of: [.auto, .off, .require, .implicit]),
        stop: choices.element(of: [nil, nil] + StopPoint.allCases.map(Optional.init)),
        pregreet: shape & 8 != 0)
    else { return nil }
    if shape & 16 != 0 {
      plan.message = MessagePlan(
        size: shape & 32 != 0 ? 300 : nil, lacksLineEnd: shape & 64 != 0, hasEightBit: nil)
      plan.chunking = ChunkingPlan(
        mode: choices.element(of: [.off, .auto, .on]), size: 1 + choices.byte())
    }
    let padding = choices.byte()
    if padding & 1 != 0 { plan.padding.target = padding * 8 }
    if padding & 2 != 0 { plan.padding.minimum = padding * 4 }
    if padding & 4 != 0 {
      plan.authentication = AuthenticationPlan(isOptional: padding & 8 != 0)
    }
    if padding & 16 != 0 { plan.isLMTP = true }
    if padding & 32 != 0 { plan.wantsPRDR = true }
    plan.messages = 1 + (padding >> 6)
    plan.resetsBetween = padding & 8 != 0
    if padding & 64 != 0, let attribute = try? XclientAttribute(option: "ADDR=192.0.2.7") {
      plan.clientAttributes = [attribute]
    }
    if shape & 128 != 0 { plan.ignoredKeywords = ["SIZE", "PIPELINING"] }
    return plan
  }
}

/// A driver that carries out what the dialogue asks for, and holds it to its word.
private struct DialoguePlay {
  private var dialogue: Dialogue
  /// Nothing leaves by itself.
  private let isHeld: Bool
  /// Bytes of each piece of content.
  private let piece: Int
  private var left = 300
  private var finishes = 0

  init(_ plan: DialoguePlan, isHeld: Bool, content piece: Int) {
    dialogue = Dialogue(plan)
    self.isHeld = isHeld
    self.piece = 1 + piece
  }

  private(set) var isOver = false

  mutating func take(_ input: Dialogue.Input) {
    var waiting = dialogue.receive(input)
    if input == .endOfStream { isOver = true }
    var rounds = 0
    while !waiting.isEmpty {
      rounds += 1
      require(rounds < 10_000, "the dialogue talks to itself")
      let actions = waiting
      waiting = []
      for action in actions {
        require(finishes == 0, "\(action) behind the end")
        perform(action)
        if let move = move(on: action) { waiting += dialogue.receive(.authenticating(move)) }
      }
      if !isHeld { handOver() }
    }
  }

  /// What whoever has credentials would do, each thing at its time.
  private mutating func move(on action: Dialogue.Action) -> AuthenticationMove? {
    switch action {
    case .authenticate(let offered):
      offered.first.map {
        .begin(
          mechanism: $0.count < 20 ? "PLAIN" : "LOGIN", response: $0.count % 2 == 0 ? [0] : nil)
      }
        ?? .unavailable("nothing is offered")
    case .answerChallenge(let challenge):
      challenge.map { $0.count < 8 ? .respond($0) : .cancel("too long") } ?? .cancel("no Base64")
    case .send, .reply, .violation, .note, .envelope, .startTLS, .sendContent, .sendChunk,
      .stopContent, .finish:
      nil
    }
  }

  mutating func handOver() { dialogue.handedOver(commands: dialogue.commandsSent) }

  private mutating func perform(_ action: Dialogue.Action) {
    switch action {
    case .send(let flight):
      require(flight.bytes.suffix(2) == [13, 10], "a flight that ends in the middle of a line")
      for line in flight.bytes.dropLast(2).split(separator: 10, omittingEmptySubsequences: false) {
        let text = line.last == 13 ? line.dropLast() : line
        require(!text.contains(13) && !text.contains(0), "a command smuggled in")
      }
    case .sendContent:
      // Another message.
      if left == 0 { left = 300 }
      while left > 0 { pass(isEnd: left <= piece) }
    case .sendChunk:
      if left == 0 { left = 300 }
      _ = dialogue.chunk(of: min(piece, left), isLast: left <= piece)
      pass(isEnd: true)
    case .finish:
      finishes += 1
      isOver = true
    case .note(let text): require(isPlain(text.utf8), "a note with \(text)")
    case .reply, .violation, .envelope, .startTLS, .authenticate, .answerChallenge, .stopContent:
      break
    }
  }

  private mutating func pass(isEnd: Bool) {
    let size = min(piece, left)
    left -= size
    _ = dialogue.content(Array(repeating: 0x2E, count: size), isEnd: isEnd)
  }
}
