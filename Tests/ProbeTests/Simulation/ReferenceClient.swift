import SessionOptions
import SessionTrace
import SMTPDialogue
@testable import Simulation

/// What a client has to say, given the replies it has read: RFC 5321 and 2920 as a straight story.
///
/// It knows nothing of time or bytes. The flights end with the one whose replies are incomplete.
struct ReferenceClient {
  struct Command: Equatable {
    var stage: Stage
    var text: String
  }

  struct Refusal: Equatable {
    var stage: Stage
    var isTemporary: Bool
  }

  private(set) var flights: [[Command]] = []
  /// Nothing remains to be said or read.
  private(set) var isDone = false
  /// Only leave-taking remains.
  private(set) var isLeaving = false
  private(set) var refusal: Refusal?
  /// Stage of the last command answered.
  private(set) var lastStage = Stage.banner
  /// Commands answered; the greeting is not one.
  private(set) var answered = 0

  private let scenario: Scenario
  private var codes: ArraySlice<Int>
  /// A reply was missing: the story ends here.
  private var isWaiting = false
  private var isOpen = false

  /// `spoken` are the commands handed over: once the end of data is among them, a refusal of content is
  /// one of the dot.
  init(_ scenario: Scenario, codes: ArraySlice<Int>, spoken: [Speech.Command]) {
    self.scenario = scenario
    self.codes = codes
    tell(spoken)
  }

  var commands: [Command] { flights.flatMap(\.self) }

  /// The next reply; `nil` when it has not come, or when it ends everything (421).
  private mutating func reply(to stage: Stage) -> Int? {
    guard !isWaiting, !isDone, let code = codes.popFirst() else {
      isWaiting = true
      return nil
    }
    lastStage = stage
    if stage != .banner { answered += 1 }
    if code == 421 {
      refusal = refusal ?? Refusal(stage: stage, isTemporary: true)
      isDone = true
      return nil
    }
    return code
  }

  private mutating func refuse(_ stage: Stage, _ code: Int) {
    refusal = refusal ?? Refusal(stage: stage, isTemporary: code < 500)
  }

  private mutating func tell(_ spoken: [Speech.Command]) {
    let early = scenario.pregreet || scenario.fastOpen
    let hello = Command(stage: .ehlo, text: "EHLO probe.example.org")
    if early { flights.append([hello]) }
    guard let greeting = reply(to: .banner) else { return }
    if greeting >= 400 { refuse(.banner, greeting) }
    if !early {
      if greeting >= 400 || scenario.stop == .banner { return leave() }
      flights.append([hello])
    }
    guard let ehlo = reply(to: .ehlo) else { return }
    if early, greeting >= 400 || scenario.stop == .banner {
      if ehlo >= 400 { refuse(.ehlo, ehlo) }
      return leave()
    }
    if ehlo >= 400 {
      flights.append([Command(stage: .ehlo, text: "HELO probe.example.org")])
      guard let helo = reply(to: .ehlo) else { return }
      if helo >= 400 {
        refuse(.ehlo, helo)
        return leave()
      }
    }
    if scenario.stop == .helo || scenario.stop == .firstHelo { return leave() }
    transact(spoken)
  }

  private var envelope: [Command] {
    var mail = "MAIL FROM:<s@example.org>"
    if let message = scenario.message, scenario.server.offersSize, scenario.server.ehlo == 250 {
      mail += " SIZE=\(message.count)"
    }
    var lines = [Command(stage: .mail, text: mail)]
    if scenario.stop == .mail { return lines }
    lines += scenario.recipientNames.map { Command(stage: .rcpt, text: "RCPT TO:<\($0)>") }
    if scenario.stop != .rcpt, !scenario.sendsChunks {
      lines.append(Command(stage: .data, text: "DATA"))
    }
    return lines
  }

  private mutating func transact(_ spoken: [Speech.Command]) {
    var recipientCodes: [Int] = []
    var dataCode: Int?
    let lines = envelope
    if scenario.isPipelining { flights.append(lines) }
    if scenario.sendsChunkAhead { flights.append([chunk(after: 0).command]) }
    for line in lines {
      if !scenario.isPipelining {
        if line.stage == .data, !recipientCodes.contains(250) { break }
        flights.append([line])
      }
      guard let code = reply(to: line.stage) else { return }
      switch line.stage {
      case .mail:
        isOpen = code < 400
        if code >= 400 { refuse(.mail, code) }
      case .rcpt: recipientCodes.append(code)
      default: dataCode = code
      }
      if line.stage == .rcpt, recipientCodes.count == scenario.recipients {
        judgeRecipients(recipientCodes)
      }
      if !scenario.isPipelining, code >= 400, line.stage == .mail { break }
    }
    if scenario.sendsChunks {
      let isWanted = isOpen && recipientCodes.contains(250)
      return isWanted || scenario.sendsChunkAhead ? sendChunks(spoken, isWanted: isWanted) : leave()
    }
    guard let dataCode else { return leave() }
    if dataCode >= 400 {
      refuse(.data, dataCode)
      return leave()
    }
    if !recipientCodes.contains(250) {
      isLeaving = true
      flights.append([Command(stage: .dot, text: ".")])
      guard reply(to: .dot) != nil else { return }
      isOpen = false
      return leave()
    }
    sendContent(isWhole: spoken.contains { $0.text == "." })
  }

  private mutating func judgeRecipients(_ codes: [Int]) {
    guard codes.allSatisfy({ $0 >= 400 }) else { return }
    refuse(.rcpt, codes.contains { $0 < 500 } ? 450 : 550)
  }

  private mutating func sendContent(isWhole: Bool) {
    guard scenario.message != nil, scenario.stop != .data else {
      isDone = true
      return
    }
    flights.append([Command(stage: .dot, text: ".")])
    guard let code = reply(to: .dot) else { return }
    if code >= 400 { refuse(isWhole ? .dot : .body, code) }
    guard isWhole else {
      isDone = true
      return
    }
    isOpen = false
    leave()
  }

  private func chunk(after said: Int) -> (command: Command, size: Int, isLast: Bool) {
    let left = (scenario.message?.count ?? 0) - said
    let size = min(scenario.chunking.size ?? left, left)
    let isLast = size == left
    return (
      Command(stage: isLast ? .dot : .body, text: "BDAT \(size)\(isLast ? " LAST" : "")"), size,
      isLast
    )
  }

  /// Each chunk waits for its reply; after one that was refused, or that nobody is there for, RSET and QUIT.
  private mutating func sendChunks(_ spoken: [Speech.Command], isWanted: Bool) {
    var said = 0
    var isLast = false
    while !isLast {
      let chunk = chunk(after: said)
      let stage = chunk.command.stage
      if said > 0 || !scenario.sendsChunkAhead { flights.append([chunk.command]) }
      isLast = chunk.isLast
      said += chunk.size
      let isWhole = spoken.count >= commands.count
      guard let code = reply(to: isWhole ? stage : .body) else { return }
      guard code >= 400 || !isWanted else { continue }
      if code >= 400 { refuse(isWhole ? stage : .body, code) }
      isDone = !isWhole
      return isWhole ? leave() : ()
    }
    isOpen = false
    leave()
  }

  private mutating func leave() {
    isLeaving = true
    let reset = Command(stage: .quit, text: "RSET")
    let quit = Command(stage: .quit, text: "QUIT")
    if isOpen, scenario.isPipelining {
      flights.append([reset, quit])
      guard reply(to: .quit) != nil else { return }
    } else {
      if isOpen {
        flights.append([reset])
        guard reply(to: .quit) != nil else { return }
      }
      flights.append([quit])
    }
    guard reply(to: .quit) != nil else { return }
    isDone = true
  }
}
