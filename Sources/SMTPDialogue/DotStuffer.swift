/// Makes message content fit for DATA, in constant memory and at memory speed.
///
///     line that begins with a dot      .hidden      ->  ..hidden
///     end of data                      last line    ->  last line CRLF . CRLF
///
/// A line begins after every LF, not only after CRLF: a server that takes a bare LF for a line end
/// would otherwise see the message end early. No other byte is changed. Source: RFC 5321 section
/// 4.5.2.
struct DotStuffer: Equatable, Sendable {
  /// The two bytes before the next one; DATA's own CRLF stands before the first.
  private var last: (before: UInt8, at: UInt8) = (Byte.cr, Byte.lf)

  /// Whether there may be such lines; generated content has none, and is not searched for any.
  private let looksForDots: Bool

  init(looksForDots: Bool = true) { self.looksForDots = looksForDots }

  static func == (left: DotStuffer, right: DotStuffer) -> Bool {
    left.last == right.last && left.looksForDots == right.looksForDots
  }

  /// The next of the content, a dot before each line that begins with one; with `isEnd`, the end of
  /// data behind it. Bytes that need neither are given back as they are.
  mutating func stuff(_ chunk: [UInt8], isEnd: Bool) -> [UInt8] {
    let dots = looksForDots ? places(in: chunk) : []
    if let final = chunk.last { last = (chunk.dropLast().last ?? last.at, final) }
    if dots.isEmpty, !isEnd { return chunk }
    let end = isEnd ? self.end : []
    var output: [UInt8] = []
    output.reserveCapacity(chunk.count + dots.count + end.count)
    var copied = 0
    for dot in dots {
      output += chunk[copied..<dot]
      output.append(Byte.dot)
      copied = dot
    }
    output += chunk[copied...]
    return output + end
  }

  /// Where a line begins with a dot.
  private func places(in chunk: [UInt8]) -> [Int] {
    var dots: [Int] = []
    if chunk.first == Byte.dot, last.at == Byte.lf { dots.append(0) }
    var position = 1
    while let dot = chunk.firstDotBehindLineFeed(from: position) {
      dots.append(dot)
      position = dot + 1
    }
    return dots
  }

  /// The end of data; preceded by CRLF when the content did not end with one.
  private var end: [UInt8] {
    let dot = [Byte.dot, Byte.cr, Byte.lf]
    return last == (Byte.cr, Byte.lf) ? dot : [Byte.cr, Byte.lf] + dot
  }
}
