/// The words of a log line with holes in them: `lost connection with {host}[{address}] while {activity}`.
///
/// The first words may stand anywhere in a line. Each hole reaches to the words behind it, and the last one to
/// the end of the line. Case does not matter.
struct LogTemplate: Sendable {
  private enum Part: Sendable {
    case words([UInt8])
    case hole(String)
  }

  private let parts: [Part]

  init(_ text: String) {
    var parts: [Part] = []
    for piece in text.split(separator: "{", omittingEmptySubsequences: false) {
      if parts.isEmpty, !text.hasPrefix("{") {
        parts.append(.words(Self.folded(piece)))
        continue
      }
      let halves = piece.split(separator: "}", maxSplits: 1, omittingEmptySubsequences: false)
      guard halves.count == 2 else { continue }
      parts.append(.hole(String(halves[0])))
      if !halves[1].isEmpty { parts.append(.words(Self.folded(halves[1]))) }
    }
    self.parts = parts
  }

  /// What stands in the holes of the first place where the words do; `nil` where they stand nowhere.
  func match(_ line: [UInt8]) -> [String: String]? {
    let low = Self.folded(line)
    var holes: [String: String] = [:]
    var at = 0
    var open: (name: String, from: Int)?
    for part in parts {
      switch part {
      case .hole(let name): open = (name, at)
      case .words(let words):
        guard let place = Self.place(of: words, in: low, from: at) else { return nil }
        if let hole = open { holes[hole.name] = Self.text(line[hole.from..<place]) }
        open = nil
        at = place + words.count
      }
    }
    if let hole = open { holes[hole.name] = Self.text(line[hole.from...]) }
    return holes
  }

  private static func text(_ bytes: ArraySlice<UInt8>) -> String {
    String(decoding: bytes, as: UTF8.self)
  }

  /// ASCII letters in lower case; byte for byte, so that places are the same in both.
  private static func folded(_ text: Substring) -> [UInt8] { folded(Array(text.utf8)) }
  private static func folded(_ bytes: [UInt8]) -> [UInt8] {
    bytes.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
  }

  private static func place(of words: [UInt8], in line: [UInt8], from start: Int) -> Int? {
    guard let first = words.first, line.count >= words.count, start <= line.count - words.count
    else { return nil }
    return (start...(line.count - words.count)).first { place in
      line[place] == first && line[place..<(place + words.count)].elementsEqual(words)
    }
  }
}
