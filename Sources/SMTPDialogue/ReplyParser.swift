import SessionTrace

/// The one reader of every SMTP reply, however the network cut it.
///
/// A reply ends with the first line whose code is not followed by a hyphen, wherever reads begin and
/// end; who takes a read for a reply falls to the first fragment (seed 002).
///
///     S: 250-mx.example.com
///     S: 250-PIPELINING
///     S: 250 SIZE 10240000
///
/// What is odd but readable is noted with the reply; what cannot be read ends the dialogue. Never
/// more than the bounds below is kept. Source: RFC 5321 sections 4.2 and 4.5.3.1.5.
struct ReplyParser: Equatable, Sendable {
  /// The longest line read, bytes with its end: 128 times what RFC 5321 allows.
  static let longestLine = 64 * 1024
  /// The longest reply read, bytes.
  static let longestReply = 1024 * 1024
  /// The most lines of a reply.
  static let mostLines = 4096
  /// The longest line RFC 5321 allows, bytes with its CRLF.
  static let longestLegalLine = 512

  /// What the parser found next.
  enum Finding: Equatable, Sendable {
    /// A complete reply; `range` counts over everything received.
    case reply(Reply, range: Range<Int>, oddities: [Oddity], evidence: [UInt8])
    /// No reply, and no way to find the next one.
    case broken(Violation.Kind, evidence: [UInt8])
  }

  /// Something against the rules in a reply that could be read all the same.
  struct Oddity: Equatable, Sendable {
    var kind: Violation.Kind
    var evidence: [UInt8]
  }

  /// Bytes of the reply that began and did not end yet.
  private(set) var partial: [UInt8] = []
  private var lineStart = 0
  /// Where the whole lines begin.
  private var lineStarts: [Int] = []
  /// The code of the last of them, and whether all have the same.
  private var lastCode: Int?
  private var isOneCode = true
  private var texts: [[UInt8]] = []
  private var oddities: [Oddity] = []
  private var consumed = 0

  /// Reads on until a reply is complete or `input` is used up (`nil`).
  mutating func next(from input: inout ArraySlice<UInt8>) -> Finding? {
    while !input.isEmpty {
      let hasLineEnd = takeLine(from: &input)
      if let finding = fault() { return finding }
      if hasLineEnd, let finding = finishLine() { return finding }
    }
    return nil
  }

  /// Moves bytes up to the end of the line, but not far past the bound; true when the line is whole.
  private mutating func takeLine(from input: inout ArraySlice<UInt8>) -> Bool {
    let room = max(Self.longestLine + 1 - (partial.count - lineStart), 0)
    let reach = input.prefix(room)
    let end = reach.firstIndex(of: Byte.lf).map { $0 + 1 } ?? reach.endIndex
    partial += input[..<end]
    consumed += end - input.startIndex
    input = input[end...]
    return partial.last == Byte.lf
  }

  /// What makes the line at hand unreadable, told as soon as it shows: nobody may wait for more.
  private mutating func fault() -> Finding? {
    let line = partial[lineStart...]
    if line.count > Self.longestLine || partial.count > Self.longestReply
      || lineStarts.count >= Self.mostLines
    {
      return broken(.endlessReply)
    }
    for (position, byte) in line.prefix(5).enumerated() {
      let isPossible =
        switch position {
        case 0...2: Byte.isDigit(byte)
        case 3:
          byte == Byte.space || byte == Byte.hyphen || byte == Byte.cr || byte == Byte.lf
        default: line[lineStart + 3] != Byte.cr || byte == Byte.lf
        }
      if !isPossible { return broken(.malformedReply) }
      if byte == Byte.lf { break }
    }
    return nil
  }

  private mutating func broken(_ kind: Violation.Kind) -> Finding {
    let evidence = Array(partial[lineStart...].prefix(Self.longestLegalLine))
    startOver()
    return .broken(kind, evidence: evidence)
  }

  /// Takes in a whole line; the reply when it was the last one.
  private mutating func finishLine() -> Finding? {
    let line = partial[lineStart...]
    let code = line.prefix(3).reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    let content = line.dropLast(line.dropLast().last == Byte.cr ? 2 : 1)
    noteOddities(of: line, content: content, code: code)
    if let lastCode, lastCode != code { isOneCode = false }
    lastCode = code
    texts.append(Array(content.dropFirst(4)))
    lineStarts.append(lineStart)
    lineStart = partial.count
    let separator = content.dropFirst(3).first
    guard separator != Byte.hyphen else { return nil }
    let isRegular = isOneCode && separator == Byte.space
    let finding = Finding.reply(
      Reply(code: code, enhanced: nil, lines: texts, prefixes: isRegular ? nil : prefixes),
      range: (consumed - partial.count)..<consumed, oddities: oddities,
      evidence: partial.count > Self.longestLegalLine
        ? Array(partial.prefix(Self.longestLegalLine)) : partial)
    startOver()
    return finding
  }

  /// The beginnings of the lines: codes and separators, where there are any.
  private var prefixes: [[UInt8]] {
    zip(lineStarts, lineStarts.dropFirst() + [partial.count]).map { start, end in
      let ending = partial[start..<(end - 1)].last == Byte.cr ? 2 : 1
      return Array(partial[start..<(end - ending)].prefix(4))
    }
  }

  private mutating func startOver() {
    partial = []
    lineStart = 0
    lineStarts = []
    lastCode = nil
    isOneCode = true
    texts = []
    oddities = []
  }

  private mutating func noteOddities(
    of line: ArraySlice<UInt8>, content: ArraySlice<UInt8>, code: Int
  ) {
    if line.count == content.count + 1 { note(.bareLineFeed, line) }
    // One look at a line that is as it should be.
    if content.contains(where: { $0 == Byte.cr || $0 == 0 || $0 > 0x7F }) {
      if content.contains(Byte.cr) { note(.bareCarriageReturn, line) }
      if content.contains(0) { note(.nulInReply, line) }
      if content.contains(where: { $0 > 0x7F }) { note(.eightBitInReply, line) }
    }
    if line.count > Self.longestLegalLine { note(.longReplyLine, line) }
    if let lastCode, lastCode != code { note(.mixedCodes, partial[...]) }
  }

  /// Notes each kind once a reply: a list of thousand lines must not make thousand notes.
  private mutating func note(_ kind: Violation.Kind, _ bytes: ArraySlice<UInt8>) {
    guard !oddities.contains(where: { $0.kind == kind }) else { return }
    oddities.append(Oddity(kind: kind, evidence: Array(bytes.prefix(Self.longestLegalLine))))
  }
}
