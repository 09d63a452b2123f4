/// Takes message content up to its end, and notices what rules wait for.
///
/// Only `CRLF . CRLF` ends content (RFC 5321 section 4.1.1.4), and nothing in it where BDAT has said its
/// size. Constant memory, whatever that is.
struct ContentReader: Sendable {
  /// Bytes of content so far, the end of data not counted once it is recognised.
  private(set) var count = 0
  /// Whether LF without CR came.
  private(set) var hasBareLineFeed = false
  /// Whether the last line that ended had nothing in it.
  private(set) var endsWithEmptyLine = false
  private var kept: KeptContent
  private var lineLength = 0
  private var progress = Progress.lineStart
  private let endsAtDot: Bool
  private var watches: [Watch]
  /// What ends content too, for servers that know no better.
  private let furtherEnds: [[UInt8]]
  /// The last bytes, as many as the longest of those ends; content begins behind a line end.
  private var recent: [UInt8] = [13, 10]

  /// How much of the end of data the last bytes were.
  private enum Progress {
    /// At the beginning of a line.
    case lineStart
    /// A dot at the beginning of a line.
    case dot
    /// A dot and CR at the beginning of a line.
    case dotReturn
    /// CR in or at the end of a line.
    case carriageReturn
    /// Anything else.
    case inLine
  }

  /// A rule that waits for something in the content, and how near it is.
  private struct Watch: Sendable {
    let rule: Int
    let condition: Condition
    var recent: [UInt8] = []
    var hasFired = false

    mutating func sees(_ byte: UInt8, completing pattern: [UInt8]) -> Bool {
      recent.append(byte)
      if recent.count > pattern.count { recent.removeFirst() }
      return recent == pattern
    }
  }

  /// What a stretch of bytes led to.
  enum Stop: Equatable {
    /// Everything was content.
    case exhausted
    /// The rule of that index holds now.
    case rule(Int)
    /// The end of data.
    case end
  }

  init(
    rules: [Rule], furtherEnds: [[UInt8]] = [], endsAtDot: Bool = true, keepsAll: Bool = false
  ) {
    kept = KeptContent(isWanted: keepsAll)
    self.endsAtDot = endsAtDot
    self.furtherEnds = furtherEnds
    watches = rules.enumerated().compactMap { index, rule in
      switch rule.condition {
      case .bodyByte, .bodyLineOver, .bodyContains, .bodyBareLineFeed, .bodyEightBit:
        Watch(rule: index, condition: rule.condition)
      case .connects, .earlyTalk, .command, .tlsHello, .endOfData, .elapsed, .finishes,
        .finishesEarly, .tlsHelloInPieces, .tlsHelloSize, .tlsHelloContains, .tlsRecordOver,
        .tlsCloses,
        .tlsFinishedWithMore:
        nil
      }
    }
  }

  /// Takes bytes off `input` until it is empty, a rule holds or the content ends.
  mutating func take(_ input: inout ArraySlice<UInt8>) -> Stop {
    take(&input, atMost: input.count)
  }

  /// The same, with no more than so many bytes.
  mutating func take(_ input: inout ArraySlice<UInt8>, atMost most: Int) -> Stop {
    let part = input.prefix(most)
    for index in part.indices {
      if let stop = take(part[index]) {
        kept.take(part[...index])
        input = input[(index + 1)...]
        return stop
      }
    }
    kept.take(part)
    input = input[part.endIndex...]
    return .exhausted
  }

  /// What has come, where it was to be kept and is not too much.
  var message: [UInt8]? { kept.message(ofLength: count, isStuffed: endsAtDot) }

  private mutating func take(_ byte: UInt8) -> Stop? {
    count += 1
    let isBareLineFeed = byte == 10 && progress != .carriageReturn && progress != .dotReturn
    hasBareLineFeed = hasBareLineFeed || isBareLineFeed
    switch (progress, byte) {
    case (.dotReturn, 10) where endsAtDot:
      count -= 3
      return .end
    case (.carriageReturn, 10), (.dotReturn, 10):
      progress = .lineStart
      endsWithEmptyLine = lineLength == 0
      lineLength = 0
    case (.lineStart, UInt8(ascii: ".")):
      progress = .dot
      lineLength += 1
    case (.dot, 13):
      progress = .dotReturn
    case (_, 13):
      progress = .carriageReturn
    case (.carriageReturn, _), (.dotReturn, _):
      progress = .inLine
      lineLength += 2
    case (.lineStart, _), (.dot, _), (.inLine, _):
      progress = .inLine
      lineLength += 1
    }
    if let end = furtherEnd(completedBy: byte) {
      count = max(0, count - end.count)
      return .end
    }
    return watches.isEmpty ? nil : firing(byte, isBareLineFeed: isBareLineFeed)
  }

  private mutating func furtherEnd(completedBy byte: UInt8) -> [UInt8]? {
    guard let longest = furtherEnds.map(\.count).max() else { return nil }
    recent = Array((recent + [byte]).suffix(longest))
    return furtherEnds.first { $0.elementsEqual(recent.suffix($0.count)) }
  }

  private mutating func firing(_ byte: UInt8, isBareLineFeed: Bool) -> Stop? {
    for index in watches.indices where !watches[index].hasFired {
      let holds =
        switch watches[index].condition {
        case .bodyByte(let wanted): count >= wanted
        case .bodyLineOver(let limit): lineLength > limit
        case .bodyContains(let pattern): watches[index].sees(byte, completing: pattern)
        case .bodyBareLineFeed: isBareLineFeed
        case .bodyEightBit: byte > 127
        case .connects, .earlyTalk, .command, .tlsHello, .endOfData, .elapsed, .finishes,
          .finishesEarly, .tlsHelloInPieces, .tlsHelloSize, .tlsHelloContains, .tlsRecordOver,
          .tlsCloses,
          .tlsFinishedWithMore:
          false
        }
      if holds {
        watches[index].hasFired = true
        return .rule(watches[index].rule)
      }
    }
    return nil
  }
}
