import SessionOptions
import SessionTrace
import SMTPDialogue
import TestSupport
import Testing

/// A whole session as a script: what happens, and what the dialogue must make of it.
///
///     S: 220 mx                    one read; consecutive lines are one read
///     C: EHLO probe.example        one flight; consecutive lines are one flight
///     ! bare_lf  /  !! bare_lf     a violation, a fatal one
///     ~ text                       a note
///     > secured 22                 the handshake is done
///     > move begin PLAIN a   AUTH's next move: begin, respond, cancel, abandon, unavailable
///     > content abc\r\n            content handed through, `> end` its end, `> eof` end of stream
///     > chunk 500 LAST             a chunk goes, `> begin 500` begins to
///     > held  /  > written 2       from here on nothing more leaves; so many commands have left
///     D: abc\r\n                   what content became, or the line of a chunk
///     * authenticate PLAIN, * challenge abc
///     * starttls, * content, * stop, = done
///
/// Unless it is held, what is sent has left before the next thing happens. Server lines end in CRLF unless they end in `\`; they may hold the escapes of `unescapedBytes`.
struct DialogueScript: CustomStringConvertible, Sendable {
  enum Event: Equatable, Sendable {
    case input(Dialogue.Input)
    case content([UInt8])
    case contentEnd
    /// `500`, `500 LAST`; unless it is only begun, all of its bytes are out.
    case chunk(String, isWhole: Bool)
    /// How many commands have left by now; `nil` when no more do.
    case handedOver(Int?)
  }

  struct Turn: Sendable {
    var event: Event
    var expected: [String]
  }

  let description: String
  private(set) var turns = [Turn(event: .input(.connected), expected: [])]

  init(_ name: String, _ text: String) {
    description = name
    var isReading = false
    for line in text.split(separator: "\n").map(String.init) {
      if line.hasPrefix("S: ") {
        let bytes = Self.serverLine(line)
        if isReading, case .input(.bytes(let earlier)) = turns[turns.count - 1].event {
          turns[turns.count - 1].event = .input(.bytes(earlier + bytes))
        } else {
          turns.append(Turn(event: .input(.bytes(bytes)), expected: []))
        }
        isReading = true
        continue
      }
      isReading = false
      if line.hasPrefix("> ") {
        turns.append(Turn(event: Self.event(line), expected: []))
      } else {
        turns[turns.count - 1].expected.append(line)
      }
    }
  }

  private static func serverLine(_ line: String) -> [UInt8] {
    let text = String(line.dropFirst(3))
    return text.hasSuffix("\\")
      ? unescapedBytes(String(text.dropLast()))
      : unescapedBytes(text) + [0x0D, 0x0A]
  }

  private static func event(_ line: String) -> Event {
    let words = line.split(separator: " ", maxSplits: 2).map(String.init)
    switch words[1] {
    case "secured": return .input(.secured(flightOverhead: Int(words[2]) ?? 0))
    case "move": return .input(.authenticating(move(words[2])))
    case "content": return .content(unescapedBytes(words[2]))
    case "held": return .handedOver(nil)
    case "written": return .handedOver(Int(words[2]))
    case "end": return .contentEnd
    case "chunk", "begin":
      return .chunk(words.dropFirst(2).joined(separator: " "), isWhole: words[1] == "chunk")
    default: return .input(.endOfStream)
    }
  }

  private static func move(_ text: String) -> AuthenticationMove {
    let words = text.split(separator: " ", maxSplits: 2).map(String.init)
    let rest = words.dropFirst().joined(separator: " ")
    switch words[0] {
    case "begin":
      let response = words.count > 2 ? unescapedBytes(words[2] == "(empty)" ? "" : words[2]) : nil
      return .begin(mechanism: words[1], response: response)
    case "respond": return .respond(unescapedBytes(rest))
    case "cancel": return .cancel(rest)
    case "abandon": return .abandon(rest)
    default: return .unavailable(rest)
    }
  }

  /// Plays the script, each read in the pieces `cutting` makes of it; one list of lines a turn.
  func play(
    _ plan: DialoguePlan, cutting: (Int, [UInt8]) -> [[UInt8]] = { _, bytes in [bytes] }
  ) -> (lines: [[String]], actions: [Dialogue.Action], dialogue: Dialogue) {
    var dialogue = Dialogue(plan)
    var wire = Wire()
    var lines: [[String]] = []
    var all: [Dialogue.Action] = []
    for (index, turn) in turns.enumerated() {
      var shown: [String] = []
      switch turn.event {
      case .input(.bytes(let bytes)):
        for piece in cutting(index, bytes) {
          let actions = dialogue.receive(.bytes(piece))
          all += actions
          shown += actions.flatMap(Self.text)
          wire.asked(for: actions)
          wire.handOver(&dialogue)
        }
      case .input(let input):
        let actions = dialogue.receive(input)
        all += actions
        wire.asked(for: actions)
        shown += actions.flatMap(Self.text)
      case .content(let bytes):
        shown.append("D: \(escapedText(dialogue.content(bytes, isEnd: false)))")
      case .contentEnd:
        shown.append("D: \(escapedText(dialogue.content([], isEnd: true)))")
        wire.isContentOpen = false
        let farewell = dialogue.farewellBehindMessage()?.commands ?? []
        shown += farewell.map { "C: \($0.text)" }
      case .chunk(let words, let isWhole):
        let size = Int(words.prefix { $0 != " " }) ?? 0
        let command = dialogue.chunk(of: size, isLast: words.hasSuffix("LAST"))
        let line = dialogue.content([], isEnd: isWhole)
        #expect(String(decoding: line, as: UTF8.self) == command.text + "\r\n")
        wire.isContentOpen = !isWhole
        shown.append("D: \(command.text)")
      case .handedOver(let count):
        wire.isHeld = true
        dialogue.handedOver(commands: count ?? 0)
      }
      wire.handOver(&dialogue)
      lines.append(shown)
    }
    return (lines, all, dialogue)
  }

  /// What a driver would write: all that was sent has left, but content is one command with its end.
  private struct Wire {
    var isHeld = false
    /// Content, or a chunk that was announced, has begun and not ended.
    var isContentOpen = false

    mutating func asked(for actions: [Dialogue.Action]) {
      if actions.contains(.sendContent) { isContentOpen = true }
    }

    func handOver(_ dialogue: inout Dialogue) {
      guard !isHeld else { return }
      dialogue.handedOver(commands: dialogue.commandsSent - (isContentOpen ? 1 : 0))
    }
  }

  private static func text(_ action: Dialogue.Action) -> [String] {
    switch action {
    case .send(let flight): flight.commands.map { "C: \($0.text)" }
    case .reply, .envelope: []
    case .violation(let kind, _, _, let isFatal): ["\(isFatal ? "!!" : "!") \(kind.rawValue)"]
    case .note(let text): ["~ \(text)"]
    case .startTLS: ["* starttls"]
    case .authenticate(let offered):
      [(["* authenticate"] + offered).joined(separator: " ")]
    case .answerChallenge(let challenge):
      ["* challenge " + (challenge.map { escapedText($0) } ?? "(none)")]
    case .sendContent: ["* content"]
    case .sendChunk: ["* chunk"]
    case .stopContent: ["* stop"]
    case .finish(.done): ["= done"]
    case .finish(.tlsNotOffered): ["= tls not offered"]
    case .finish(.notAuthenticated(let reason)): ["= not authenticated: \(reason)"]
    case .finish(.protocolError): ["= protocol error"]
    }
  }
}
