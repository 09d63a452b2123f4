/// A line of a log, as it is and with its letters in lower case.
struct LogText {
  fileprivate let bytes: [UInt8]
  /// Byte for byte, so that places are the same in both.
  fileprivate let low: [UInt8]

  /// The longest line that is looked at, in bytes.
  private static let limit = 8192

  init(_ text: String) {
    self.init(Array(text.utf8.prefix(Self.limit)))
  }

  private init(_ bytes: [UInt8]) {
    self.bytes = bytes
    low = bytes.map(lowercased)
  }

  /// The same with these bytes cut out.
  func without(_ range: Range<Int>) -> LogText {
    LogText(Array(bytes[..<range.lowerBound] + bytes[range.upperBound...]))
  }

  fileprivate func text(_ range: Range<Int>) -> String {
    String(decoding: bytes[range], as: UTF8.self)
  }
}

/// Where the words of a template stand in a line, and what stands in its holes.
struct LogMatch {
  /// Where the first words begin; behind the line for a template that begins with a hole and so fits anywhere.
  fileprivate(set) var start = Int.max
  fileprivate(set) var ranges: [String: Range<Int>] = [:]
  fileprivate(set) var holes: [String: String] = [:]

  subscript(hole: String) -> String? { holes[hole] }
}

/// An ASCII letter in lower case; any other byte as it is.
private func lowercased(_ byte: UInt8) -> UInt8 {
  (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
}

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
        parts.append(.words(piece.utf8.map(lowercased)))
        continue
      }
      let halves = piece.split(separator: "}", maxSplits: 1, omittingEmptySubsequences: false)
      guard halves.count == 2 else { continue }
      parts.append(.hole(String(halves[0])))
      if !halves[1].isEmpty { parts.append(.words(halves[1].utf8.map(lowercased))) }
    }
    self.parts = parts
  }

  /// What stands in the holes of the first place where the words do; `nil` where they stand nowhere.
  func match(_ line: LogText) -> LogMatch? {
    var match = LogMatch()
    var at = 0
    var open: (name: String, from: Int)?
    for (number, part) in parts.enumerated() {
      switch part {
      case .hole(let name): open = (name, at)
      case .words(let words):
        guard let place = line.low[at...].firstRange(of: words) else { return nil }
        if let hole = open { match.ranges[hole.name] = hole.from..<place.lowerBound }
        if number == 0 { match.start = place.lowerBound }
        open = nil
        at = place.upperBound
      }
    }
    if let hole = open { match.ranges[hole.name] = hole.from..<line.bytes.count }
    match.holes = match.ranges.mapValues(line.text)
    return match
  }
}
