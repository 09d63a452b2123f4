import SessionTrace

/// Which reads brought which bytes of clear text, so that a reply can say how it arrived.
///
/// Only the reads since the last complete reply are kept, and of one reply so many that nobody
/// reads them all: an endless session stays small, and so does an endless reply in single bytes.
struct ReadLog {
  private struct Read {
    var number: Int
    var start: Int
    var end: Int
    var at: Microseconds
    var firstByte: UInt8
    var lastByte: UInt8
  }

  /// How one reply arrived; see ``ReplyRecord``.
  struct Arrival {
    var reads: [Int] = []
    var firstRead = 0
    var gaps: [Microseconds] = []
    var cuts: [String] = []
  }

  /// The most reads kept apart; later ones count as part of the last.
  static let mostReads = 4096

  private var reads: [Read] = []
  private var count = 0
  private var length = 0

  /// A read that brought `bytes` of clear text.
  mutating func append(_ bytes: [UInt8], at moment: Microseconds) {
    defer { count += 1 }
    guard let first = bytes.first, let last = bytes.last else { return }
    let end = length + bytes.count
    if reads.count < ReadLog.mostReads {
      reads.append(
        Read(
          number: count, start: length, end: end, at: moment, firstByte: first, lastByte: last))
    } else {
      reads[reads.count - 1].end = end
      reads[reads.count - 1].at = moment
      reads[reads.count - 1].lastByte = last
    }
    length = end
  }

  /// How the bytes in `range` arrived; forgets the reads that lie before its end.
  mutating func arrival(of range: Range<Int>) -> Arrival {
    var arrival = Arrival()
    var previous: Read?
    for read in reads where read.end > range.lowerBound && read.start < range.upperBound {
      arrival.reads.append(min(read.end, range.upperBound) - max(read.start, range.lowerBound))
      if let previous {
        arrival.gaps.append(read.at - previous.at)
        arrival.cuts.append(ReadLog.cut(previous.lastByte, read.firstByte))
      } else {
        arrival.firstRead = read.number
      }
      previous = read
    }
    reads.removeAll { $0.end <= range.upperBound }
    return arrival
  }

  /// When the first and the last byte after `start` came; `nil` when none did.
  func span(from start: Int) -> (first: Microseconds, last: Microseconds)? {
    guard let first = reads.first(where: { $0.end > start }), let last = reads.last else {
      return nil
    }
    return (first.at, last.at)
  }

  /// Bytes of clear text in all.
  var total: Int { length }

  private static func cut(_ before: UInt8, _ after: UInt8) -> String {
    if before == 0x0D && after == 0x0A { return "inside_crlf" }
    return before == 0x0A ? "between_lines" : "in_line"
  }
}
