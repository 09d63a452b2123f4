/// Finds each of many patterns in one pass over a text, however long they are and however they overlap.
///
/// Source: A. V. Aho and M. J. Corasick, "Efficient String Matching" (1975). The work grows with the text: what
/// does not go on falls back to the longest end of itself that something begins with.
struct PatternSearch: Equatable, Sendable {
  /// The length from which on a pattern counts wherever it stands; a shorter one would be found in any text.
  static let shortest = 4

  /// Where the beginning of a pattern has been read up to here.
  private struct Node: Equatable {
    var byte: UInt8 = 0
    /// 0 stands for none: nothing goes on with the root.
    var firstChild: Int32 = 0
    var sibling: Int32 = 0
    /// Where the longest end of it leads that is a beginning, too.
    var fallback: Int32 = 0
    var depth: Int32 = 0
    /// Length of the longest pattern that ends here, 0 for none.
    var longest: Int32 = 0
    /// The lengths of the words that end here, each a bit.
    var words: UInt16 = 0
  }

  private var nodes = [Node()]
  private var beginnings = [Int32](repeating: 0, count: 256)
  /// Length of the longest pattern.
  private(set) var reach = 0

  /// Finds nothing; shared, since most sessions have no secret.
  static let nothing = PatternSearch([])

  /// Words count where no letter and no digit is beside them; 15 bytes are the most that one may have.
  init(_ patterns: [[UInt8]], words: [[UInt8]] = []) {
    for pattern in patterns { nodes[insert(pattern)].longest = Int32(pattern.count) }
    for word in words { nodes[insert(word)].words |= 1 << UInt16(word.count) }
    link()
  }

  /// Where it ends.
  private mutating func insert(_ pattern: [UInt8]) -> Int {
    reach = max(reach, pattern.count)
    return pattern.reduce(0) { next(of: $0, $1) ?? append($1, to: $0) }
  }

  private mutating func append(_ byte: UInt8, to parent: Int) -> Int {
    let new = nodes.count
    nodes.append(
      Node(byte: byte, sibling: nodes[parent].firstChild, depth: nodes[parent].depth + 1))
    nodes[parent].firstChild = Int32(new)
    if parent == 0 { beginnings[Int(byte)] = Int32(new) }
    return new
  }

  /// Nearest to the root first: whom they fall back to is done by then.
  private mutating func link() {
    var queue = [0]
    var taken = 0
    while taken < queue.count {
      let parent = queue[taken]
      taken += 1
      var child = Int(nodes[parent].firstChild)
      while child != 0 {
        let fallback = parent == 0 ? 0 : step(Int(nodes[parent].fallback), nodes[child].byte).place
        nodes[child].fallback = Int32(fallback)
        nodes[child].longest = max(nodes[child].longest, nodes[fallback].longest)
        nodes[child].words |= nodes[fallback].words
        queue.append(child)
        child = Int(nodes[child].sibling)
      }
    }
  }

  private func next(of place: Int, _ byte: UInt8) -> Int? {
    var child = place == 0 ? beginnings[Int(byte)] : nodes[place].firstChild
    while child != 0, nodes[Int(child)].byte != byte { child = nodes[Int(child)].sibling }
    return child == 0 ? nil : Int(child)
  }

  /// Where the byte leads from there, and how many beginnings were looked at for it.
  private func step(_ place: Int, _ byte: UInt8) -> (place: Int, looks: Int) {
    var (place, looks) = (place, 1)
    while true {
      if let next = next(of: place, byte) { return (next, looks) }
      if place == 0 { return (0, looks) }
      place = Int(nodes[place].fallback)
      looks += 1
    }
  }

  /// Tells of every place where a pattern stands, in the order of their ends and of those with one end the longest.
  ///
  /// Returns how many beginnings were looked at: two for each byte at the most, since each look but the last falls
  /// back by a byte or more that another had gone on.
  @discardableResult
  func places(in text: [UInt8], _ found: (Range<Int>) -> Void) -> Int {
    var (place, looks) = (0, 0)
    for (index, byte) in text.enumerated() {
      let step = step(place, byte)
      place = step.place
      looks += step.looks
      let node = nodes[place]
      if node.longest > 0 { found((index + 1 - Int(node.longest))..<(index + 1)) }
      guard node.words != 0 else { continue }
      for length in 1..<16 where node.words >> UInt16(length) & 1 == 1 {
        let range = (index + 1 - length)..<(index + 1)
        if isWord(range, in: text) { found(range) }
      }
    }
    return looks
  }

  /// How many bytes at the end of `text` a pattern begins with, at least ``shortest``, else 0.
  func beginning(atEndOf text: some BidirectionalCollection<UInt8>) -> Int {
    let end = text.suffix(reach).reduce(0) { step($0, $1).place }
    let depth = Int(nodes[end].depth)
    return depth < Self.shortest ? 0 : depth
  }

  private func isWord(_ range: Range<Int>, in text: [UInt8]) -> Bool {
    (range.lowerBound == 0 || !Byte.isLetterOrDigit(text[range.lowerBound - 1]))
      && (range.upperBound == text.count || !Byte.isLetterOrDigit(text[range.upperBound]))
  }
}
