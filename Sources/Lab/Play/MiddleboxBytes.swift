// What middleboxes do to bytes, without memory.

/// What a PIX leaves of a greeting: the code, its separators and the line end.
let keptInBanner = Array("20 -\r\n".utf8)

/// Blocks of `size` bytes; it stops, and loses the rest, where `loses` says so of what is left.
func blocks(_ bytes: [UInt8], _ size: Int, losing loses: (Int) -> Bool) -> [[UInt8]] {
  var blocks: [[UInt8]] = []
  var rest = bytes[...]
  while !rest.isEmpty, !loses(rest.count) {
    blocks.append(Array(rest.prefix(size)))
    rest = rest.dropFirst(size)
  }
  return blocks
}

/// The letters a line begins with, in upper case; nothing when something else follows them.
func commandVerb(of line: ArraySlice<UInt8>) -> String {
  let word = line.prefix { $0 > 32 }
  guard word.count <= 16 else { return "" }
  return String(decoding: word, as: UTF8.self).uppercased()
}

/// A line whose first bytes, so many, are `X`; line ends stay.
func crossedOut(_ line: ArraySlice<UInt8>, _ count: Int) -> [UInt8] {
  line.enumerated().map { place, byte in
    place < count && byte != 13 && byte != 10 ? UInt8(ascii: "X") : byte
  }
}

/// Every occurrence of `keyword` as `X`.
func overwriting(_ keyword: [UInt8], in bytes: [UInt8]) -> [UInt8] {
  guard !keyword.isEmpty, bytes.count >= keyword.count else { return bytes }
  var bytes = bytes
  for start in 0...(bytes.count - keyword.count)
  where bytes[start..<start + keyword.count].elementsEqual(keyword) {
    for index in start..<start + keyword.count { bytes[index] = UInt8(ascii: "X") }
  }
  return bytes
}

/// A reply without the line of a capability; the line before it becomes the last when that was.
///
/// It sees whole lines of one write, as such boxes do.
func withoutCapability(_ keyword: String, in bytes: [UInt8]) -> [UInt8] {
  var lines = bytes.split(separator: 10, omittingEmptySubsequences: false).map { Array($0) }
  guard let place = lines.firstIndex(where: { isCapability(keyword, $0) }) else { return bytes }
  let wasLast = lines[place].dropFirst(3).first == UInt8(ascii: " ")
  lines.remove(at: place)
  if wasLast, place > 0, lines[place - 1].count > 3 { lines[place - 1][3] = UInt8(ascii: " ") }
  return Array(lines.joined(separator: [10]))
}

private func isCapability(_ keyword: String, _ line: [UInt8]) -> Bool {
  line.starts(with: Array("250".utf8)) && commandVerb(of: line.dropFirst(4)) == keyword
}

/// Whether `whole` holds `part`; nothing holds nothing.
func contains(_ part: [UInt8], in whole: [UInt8]) -> Bool {
  guard !part.isEmpty, part.count <= whole.count else { return false }
  return (0...(whole.count - part.count)).contains { start in
    whole[start..<start + part.count].elementsEqual(part)
  }
}
