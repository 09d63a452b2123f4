package import SessionOptions

/// Message content with some of its traits mended, block by block in constant memory.
///
/// For experiments: the same message without the trait that a server may choke on. Zero bytes become
/// digits and bytes over 127 question marks, so that sizes and places stay; lines and line ends can
/// only be mended by adding bytes. A block with nothing to mend is given back as it is.
package struct ContentMender: Sendable {
  /// Characters of a line at most, where long lines are mended.
  package static let lineLength = 72

  private let mends: Set<MessageMend>
  /// A CR came, and what follows it is not known yet.
  private var holdsCR = false
  private var column = 0
  private var isHeader = true
  /// The last bytes that came of it, which show whether its last line is empty.
  private var tail: [UInt8] = [Byte.lf]

  /// A mender of these traits.
  package init(_ mends: Set<MessageMend>) { self.mends = mends }

  /// The next bytes, mended; what depends on bytes to come is kept back.
  package mutating func mend(_ bytes: [UInt8]) -> [UInt8] {
    var edit = Edit(of: bytes)
    if mends.contains(.lineEnds) || mends.contains(.longLines) { mendLines(&edit) }
    var mended = edit.result
    if mends.contains(.zeros) { replace(in: &mended, by: "0") { $0.firstIndex(of: 0, from: $1) } }
    if mends.contains(.eightBit) { replace(in: &mended, by: "?") { $0.firstEightBit(from: $1) } }
    if mends.contains(.lastLine) { tail = Array((tail + mended.suffix(3)).suffix(3)) }
    return mended
  }

  /// What was kept back, at the end of the content.
  package mutating func finish() -> [UInt8] {
    defer { holdsCR = false }
    let held = holdsCR ? [Byte.cr, Byte.lf] : []
    guard mends.contains(.lastLine) else { return held }
    return held + otherLastLine(behind: tail + held)
  }

  /// What makes the last line empty where it is not, and has something in it where it is.
  private func otherLastLine(behind end: [UInt8]) -> [UInt8] {
    guard end.last == Byte.lf else { return [Byte.cr, Byte.lf, Byte.cr, Byte.lf] }
    let line = end.dropLast()
    let isEmpty = (line.last == Byte.cr ? line.dropLast() : line).last.map { $0 == Byte.lf } ?? true
    return isEmpty ? [UInt8(ascii: "-"), Byte.cr, Byte.lf] : [Byte.cr, Byte.lf]
  }

  private func replace(
    in bytes: inout [UInt8], by replacement: Unicode.Scalar, next: ([UInt8], Int) -> Int?
  ) {
    var position = 0
    while let place = next(bytes, position) {
      bytes[place] = UInt8(ascii: replacement)
      position = place + 1
    }
  }

  private mutating func mendLines(_ edit: inout Edit) {
    let bytes = edit.source
    var position = 0
    while position < bytes.count {
      let end = bytes.firstLineBreak(from: position) ?? bytes.count
      if end > position {
        endHeldLine(&edit, at: position)
        breakText(from: position, to: end, &edit)
      }
      if end < bytes.count { takeLineBreak(at: end, &edit) }
      position = end + 1
    }
  }

  /// A CR that no LF followed ends a line all the same.
  private mutating func endHeldLine(_ edit: inout Edit, at place: Int) {
    guard holdsCR else { return }
    holdsCR = false
    edit.insert([Byte.cr, Byte.lf], at: place)
    endLine()
  }

  private mutating func takeLineBreak(at place: Int, _ edit: inout Edit) {
    let isLineFeed = edit.source[place] == Byte.lf
    guard mends.contains(.lineEnds) else {
      if isLineFeed { endLine() }
      return
    }
    if isLineFeed {
      // The CR before it may have stood in the block before, or nowhere.
      if place == 0 || edit.source[place - 1] != Byte.cr { edit.insert([Byte.cr], at: place) }
      holdsCR = false
      endLine()
    } else {
      endHeldLine(&edit, at: place)
      holdsCR = true
      // What follows it in this block shows that it ends a line; at the end of it that is not known.
      if edit.source[(place + 1)...].first != Byte.lf { edit.remove(at: place) }
    }
  }

  private mutating func endLine() {
    if column == 0 { isHeader = false }
    column = 0
  }

  /// Breaks a stretch without line ends where it grows too long.
  private mutating func breakText(from start: Int, to end: Int, _ edit: inout Edit) {
    guard mends.contains(.longLines) else {
      column += end - start
      return
    }
    var position = start
    while column + end - position > Self.lineLength {
      position += Self.lineLength - column
      // A header goes on behind a blank (RFC 5322 section 2.2.3).
      edit.insert(
        isHeader ? [Byte.cr, Byte.lf, Byte.space] : [Byte.cr, Byte.lf], at: position)
      column = isHeader ? 1 : 0
    }
    column += end - position
  }
}

/// A block with bytes put in and taken out, copied when the first of that happens.
private struct Edit {
  let source: [UInt8]
  private var output: [UInt8] = []
  /// Up to where the source has gone into the output; `nil` while nothing is changed.
  private var copied: Int?

  init(of source: [UInt8]) { self.source = source }

  mutating func insert(_ bytes: [UInt8], at place: Int) {
    copy(upTo: place)
    output += bytes
  }

  mutating func remove(at place: Int) {
    copy(upTo: place)
    copied = place + 1
  }

  private mutating func copy(upTo place: Int) {
    if copied == nil { output.reserveCapacity(source.count + source.count / 32 + 16) }
    output += source[(copied ?? 0)..<place]
    copied = place
  }

  var result: [UInt8] { copied.map { output + source[$0...] } ?? source }
}
