import SessionTrace

/// One middlebox on one connection, with what it remembers.
///
/// The most it keeps is one read's bytes behind a held end of data.
struct MiddleboxAtWork {
  /// When it lets go what it holds.
  private(set) var releaseAt: Microseconds?

  private let box: Middlebox
  private var dialogue = OverheardDialogue()
  private var held: [UInt8] = []
  /// The client's last bytes, as many as a pattern needs.
  private var recent: [UInt8] = []
  private var isDead = false

  private static let mostHeld = 65_536

  init(_ box: Middlebox) { self.box = box }

  /// What one read from the client's side becomes.
  mutating func fromClient(_ bytes: [UInt8], now: Microseconds) -> [Passage] {
    guard !isDead else { return [] }
    switch box {
    case .forwardInBlocks(let size, let losing):
      return blocks(bytes, size) { $0 == losing }.map(Passage.toServer)
    case .cutClient(let size):
      return blocks(bytes, size) { _ in false }.map(Passage.toServer)
    case .cutServer, .maskBanner, .maskKeyword, .stripKeyword:
      return [.toServer(bytes)]
    case .maskCommand(let verb):
      return [.toServer(overwritingCommands(in: bytes, where: { $0 == verb }))]
    case .inspectPackets:
      return [.toServer(overwritingStrangers(in: bytes))]
    case .refuse(let verb, let words):
      return refusing(verb, words, in: bytes)
    case .holdCutEndOfData(let last):
      return droppingCutEnds(last, in: bytes)
    case .scan(let least, let perKilobyte):
      return holdingEnds(in: bytes) { now + least + perKilobyte * Microseconds($0 / 1024) }
    case .strike(let pattern, let words):
      return striking(at: pattern, words, in: bytes)
    }
  }

  /// What one write from the server's side becomes.
  mutating func fromServer(_ bytes: [UInt8]) -> [Passage] {
    guard !isDead else { return [] }
    let isBanner = dialogue.phase == .greeting
    dialogue.hearServer(bytes)
    switch box {
    case .maskBanner:
      return [.toClient(isBanner ? bytes.map { keptInBanner.contains($0) ? $0 : 0x2A } : bytes)]
    case .maskKeyword(let keyword):
      return [.toClient(overwriting(keyword, in: bytes))]
    case .stripKeyword(let keyword):
      let rest = withoutCapability(keyword, in: bytes)
      return rest.isEmpty ? [] : [.toClient(rest)]
    case .cutServer(let size, let pause):
      return blocks(bytes, size) { _ in false }.flatMap {
        [.toClient($0), .waitToClient(pause)]
      }
    case .forwardInBlocks, .cutClient, .maskCommand, .refuse, .inspectPackets, .holdCutEndOfData,
      .scan, .strike:
      return [.toClient(bytes)]
    }
  }

  /// What it lets go at this moment.
  mutating func release(now: Microseconds) -> [Passage] {
    guard let moment = releaseAt, now >= moment else { return [] }
    releaseAt = nil
    defer { held = [] }
    return [.toServer(held)]
  }

  // MARK: Commands

  /// A command's verb turned into `X`; a verb counts at the start of a line alone.
  private mutating func overwritingCommands(in bytes: [UInt8], where isMeant: (String) -> Bool)
    -> [UInt8]
  {
    eachLine(of: bytes) { line, isStart in
      let verb = isStart ? commandVerb(of: line) : ""
      return isMeant(verb) ? crossedOut(line, verb.utf8.count) : Array(line)
    }
  }

  /// Each read is taken for the beginning of a command; what begins with no verb turns into `X`.
  private mutating func overwritingStrangers(in bytes: [UInt8]) -> [UInt8] {
    eachLine(of: bytes) { line, _ in
      knownVerbs.contains(commandVerb(of: line)) ? Array(line) : crossedOut(line, line.count)
    }
  }

  private mutating func refusing(_ verb: String, _ words: [UInt8], in bytes: [UInt8]) -> [Passage] {
    var isRefused = false
    let rest = eachLine(of: bytes) { line, isStart in
      guard isStart, commandVerb(of: line) == verb else { return Array(line) }
      isRefused = true
      return []
    }
    return (rest.isEmpty ? [] : [.toServer(rest)]) + (isRefused ? [.toClient(words)] : [])
  }

  /// The command lines of one read, each as `change` makes it; content and TLS as they are.
  private mutating func eachLine(
    of bytes: [UInt8], _ change: (ArraySlice<UInt8>, _ isStart: Bool) -> [UInt8]
  ) -> [UInt8] {
    var result: [UInt8] = []
    var rest = bytes[...]
    while !rest.isEmpty {
      let wasContent = dialogue.phase == .content
      let isStart = dialogue.isAtLineStart
      let line =
        wasContent ? rest : rest.prefix(through: rest.firstIndex(of: 10) ?? rest.endIndex - 1)
      let count = dialogue.hearClient(line).count
      let isReadable = !wasContent && dialogue.phase != .opaque
      result += isReadable ? change(line, isStart) : Array(line.prefix(count))
      rest = rest.dropFirst(count)
    }
    return result
  }

  // MARK: Content

  /// An end of data whose last bytes did not come together loses those that came last.
  private mutating func droppingCutEnds(_ last: Int, in bytes: [UInt8]) -> [Passage] {
    var result: [UInt8] = []
    var rest = bytes[...]
    while !rest.isEmpty {
      let (count, endsContent) = dialogue.hearClient(rest)
      // At the start of content the dot's own line is all there is of it.
      let wanted = min(last, dialogue.contentSize < 2 ? 3 : 5)
      let isCut = endsContent && count < wanted
      if !isCut { result += rest.prefix(count) }
      rest = rest.dropFirst(count)
    }
    return result.isEmpty ? [] : [.toServer(result)]
  }

  /// The last byte of the end of data, and what follows it, wait until the moment that `due` names.
  private mutating func holdingEnds(in bytes: [UInt8], due: (_ contentSize: Int) -> Microseconds)
    -> [Passage]
  {
    guard releaseAt == nil else {
      held += bytes.prefix(max(0, Self.mostHeld - held.count))
      return []
    }
    let (count, endsContent) = dialogue.hearClient(bytes[...])
    guard endsContent else { return [.toServer(bytes)] }
    releaseAt = due(dialogue.contentSize)
    held = Array(bytes[(count - 1)...])
    return count > 1 ? [.toServer(Array(bytes[..<(count - 1)]))] : []
  }

  private mutating func striking(at pattern: [UInt8], _ words: [UInt8], in bytes: [UInt8])
    -> [Passage]
  {
    let seen = recent + bytes
    if contains(pattern, in: seen) {
      isDead = true
      return [.toClient(words), .reset]
    }
    recent = Array(seen.suffix(max(0, pattern.count - 1)))
    return [.toServer(bytes)]
  }

}
