/// Content by BDAT: a command whose bytes follow it, and one reply to both (RFC 3030 section 2).
extension ServerSession {
  /// A chunk that is being read.
  struct Chunk: Equatable, Sendable {
    /// What decides how it is answered.
    enum Answer: Equatable, Sendable {
      /// That is looked at when the chunk is there.
      case later
      /// The rule of that index, or the healthy thing.
      case rule(Int?)
      /// It was answered in its middle.
      case given
    }

    let command: CommandText
    let size: Int
    let isLast: Bool
    /// Bytes of it that have still to come, and bytes behind it that this server waits for as well.
    var left: Int
    var further: Int
    var answer = Answer.later
  }

  /// More than any message has: what says so is no BDAT.
  private static let largestChunk = 1 << 40

  /// The chunk that a command announces; `nil` where CHUNKING is not offered, or it makes no sense.
  func chunk(announcedBy command: CommandText) -> Chunk? {
    guard command.verb == "BDAT", healthy.offers("CHUNKING") else { return nil }
    let words = String(decoding: command.bytes, as: UTF8.self).uppercased()
      .split { $0.isWhitespace }
    let isLast = words.count == 3 && words[2] == "LAST"
    guard words.count == 2 || isLast, let size = Int(words[1]), size >= 0,
      size <= Self.largestChunk
    else { return nil }
    return Chunk(
      command: command, size: size, isLast: isLast, left: size,
      further: isLast ? script.bytesAwaitedBehindLastChunk : 0)
  }

  /// Reads the chunk, whatever becomes of it: who refuses it has to discard it.
  mutating func begin(_ announced: Chunk) {
    var chunk = announced
    if script.habits.contains(.takesRefusedChunksForCommands) {
      let rule = ruleIndex(for: chunk.command)
      if code(of: rule, to: chunk).map({ $0 > UInt8(ascii: "3") }) ?? false {
        answer(chunk, by: rule)
        return
      }
      chunk.answer = .rule(rule)
    }
    if !transaction.hasChunks { content = newContent(endsAtDot: false) }
    transaction.hasChunks = true
    phase = .alive(.chunk(chunk))
  }

  /// Takes what has come of the chunk; false when nothing has.
  mutating func take(_ open: Chunk) -> Bool {
    var chunk = open
    guard !input.isEmpty || chunk.left + chunk.further == 0 else { return false }
    let before = input.count
    let stop = content.take(&input, atMost: chunk.left)
    chunk.left -= before - input.count
    if case .rule(let index) = stop {
      phase = .alive(.chunk(chunk))
      fire(ofContent: index)
      return true
    }
    if chunk.left == 0 {
      let dropped = min(chunk.further, input.count)
      input = input.dropFirst(dropped)
      chunk.further -= dropped
    }
    phase = .alive(.chunk(chunk))
    guard chunk.left + chunk.further == 0 else { return true }
    phase = .alive(.commands)
    switch chunk.answer {
    case .given: break
    case .later: answer(chunk, by: ruleIndex(for: chunk.command))
    case .rule(let index): answer(chunk, by: index)
    }
    return true
  }

  private mutating func answer(_ chunk: Chunk, by rule: Int?) {
    let usual = usualReply(to: chunk)
    let isTaken = code(of: rule, to: chunk) == UInt8(ascii: "2")
    if isTaken, chunk.isLast {
      steps.append(.record(.content(content.count)))
      keepMessage()
    }
    steps += rule.map { directed(script.rules[$0], usual: usual) } ?? usually(usual)
    if isTaken, chunk.isLast { resetTransaction() }
  }

  private func code(of rule: Int?, to chunk: Chunk) -> UInt8? {
    let usual = usualReply(to: chunk)
    return rule.map { script.rules[$0].firstCode(usual: usual) } ?? usual.first
  }

  private func usualReply(to chunk: Chunk) -> [UInt8] {
    healthy.reply(
      toChunkOf: chunk.size, lastOf: chunk.isLast ? content.count : nil, in: transaction)
  }
}
