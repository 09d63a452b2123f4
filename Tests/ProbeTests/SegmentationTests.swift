@testable import Probe
import SessionOptions
import Testing
@testable import Simulation

/// Where flights are cut, whatever chunks they come in.
@Suite("Segmentation")
struct SegmentationTests {
  /// Text, the plan, and the pieces that it makes of text.
  struct Row: Sendable, CustomTestStringConvertible {
    var plan: String
    var flight: String
    /// One `|` where a piece ends.
    var pieces: String
    var testDescription: String { "\(plan): \(pieces.debugDescription)" }

    init(_ plan: String, _ pieces: String) {
      self.plan = plan
      self.pieces = pieces
      flight = pieces.filter { $0 != "|" }
    }

    var bytes: [UInt8] { Array(flight.utf8) }
    var wanted: [[UInt8]] { pieces.split(separator: "|").map { Array($0.utf8) } }
  }

  static let rows = [
    Row("5", "abcde|fghij|kl"), Row("5", "abcde"), Row("5", "abc"), Row("1", "a|b|c"),
    Row("3,1", "abc|d|e|f"), Row("2,1,rest", "ab|c|defghij"), Row("rest", "abcdef"),
    Row("100,1,rest", "abc"), Row("crlf", "ab\r|\ncd\r|\n"), Row("crlf", "ab\n\r"),
    Row("crlf", "\r|\n\r|\n"), Row("crlf", "a\r\rb"), Row("dot:1", "x\r|\n.\r\n"),
    Row("dot:2", "x\r\n|.\r\n"), Row("dot:3", "x\r\n.|\r\n"), Row("dot:4", "\r\n.\r|\n"),
    Row("dot:2", "a\r\n.\r\nb\r\n|.\r\n"), Row("dot:2", "no end"), Row("dot:3", ".\r\n"),
  ]

  /// The pieces of `bytes` that comes in chunks that end at `ends`.
  private func pieces(
    _ plan: SegmentPlan, _ bytes: [UInt8], ends: [Int], commandEnds: [Int] = []
  ) -> [[UInt8]] {
    var segmenter = Segmenter(plan: plan)
    var made: [[UInt8]] = []
    var start = 0
    for end in ends + [bytes.count] {
      let isLast = end == bytes.count
      let marked = segmenter.mark(
        Array(bytes[start..<end]), commandEnds: commandEnds, continues: !isLast)
      made += segmenter.cut(marked.ready, at: marked.cuts, continues: !isLast)
        .flatMap(\.pieces)
      start = end
    }
    return made
  }

  /// Offsets at which pieces end.
  private func ends(of pieces: [[UInt8]]) -> Set<Int> {
    var ends: Set<Int> = []
    var offset = 0
    for piece in pieces {
      offset += piece.count
      ends.insert(offset)
    }
    return ends
  }

  @Test("A flight is cut where its plan says", arguments: rows)
  func wholeFlight(row: Row) throws {
    let plan = try SegmentPlan(option: row.plan)
    #expect(pieces(plan, row.bytes, ends: []) == row.wanted)
  }

  /// A piece without a planned size leaves as it comes, so chunks may end pieces, but only there.
  @Test("Chunks move no cut and lose no byte, cut at every two places", arguments: rows)
  func everyChunking(row: Row) throws {
    let plan = try SegmentPlan(option: row.plan)
    let hasRest = !row.plan.allSatisfy { $0.isNumber || $0 == "," }
    for first in 0..<max(row.bytes.count, 1) {
      for second in first..<max(row.bytes.count, 1) {
        let made = pieces(plan, row.bytes, ends: [first, second])
        #expect(made.flatMap(\.self) == row.bytes)
        #expect(ends(of: made).isSuperset(of: ends(of: row.wanted)))
        if !hasRest { #expect(made == row.wanted) }
      }
    }
  }

  @Test("Byte by byte, sized pieces are the same", arguments: rows)
  func byteByByte(row: Row) throws {
    let plan = try SegmentPlan(option: row.plan)
    let made = pieces(plan, row.bytes, ends: Array(1..<max(row.bytes.count, 1)))
    #expect(made.flatMap(\.self) == row.bytes)
    #expect(ends(of: made).isSuperset(of: ends(of: row.wanted)))
    if row.plan.allSatisfy({ $0.isNumber || $0 == "," }) { #expect(made == row.wanted) }
  }

  @Test("One command a segment")
  func commands() throws {
    let flight = Array("MAIL\r\nRCPT\r\nDATA\r\n".utf8)
    let made = pieces(.command, flight, ends: [], commandEnds: [6, 12, 18])
    #expect(
      made.map { String(decoding: $0, as: UTF8.self) } == ["MAIL\r\n", "RCPT\r\n", "DATA\r\n"])
  }

  @Test("Each flight begins with the first size again")
  func flightsBeginAnew() throws {
    var segmenter = Segmenter(plan: try SegmentPlan(option: "2,rest"))
    for _ in 0..<2 {
      let made = segmenter.cut(Array("abcd".utf8), at: [], continues: false)
        .flatMap(\.pieces)
      #expect(made == [Array("ab".utf8), Array("cd".utf8)])
    }
  }

  @Test(
    "What is no plan is refused",
    arguments: ["", "0", "-1", "1,,2", "rest,1", "dot:0", "dot:5", "dot:", "x"])
  func noPlan(text: String) {
    #expect(throws: OptionWordError.self) { try SegmentPlan(option: text) }
  }
}

extension CutPieces {
  /// Each by itself.
  fileprivate var pieces: [[UInt8]] {
    var rest = bytes[...]
    return lengths.map { length in
      defer { rest = rest.dropFirst(length) }
      return Array(rest.prefix(length))
    }
  }
}
