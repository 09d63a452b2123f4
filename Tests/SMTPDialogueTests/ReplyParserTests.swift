@testable import SMTPDialogue
import SessionTrace
import TestSupport
import Testing
import SessionOptions

@Suite("Reply parser")
struct ReplyParserTests {
  /// Everything `pieces` hold, in order.
  private func findings(_ pieces: [[UInt8]]) -> [ReplyParser.Finding] {
    var parser = ReplyParser()
    var found: [ReplyParser.Finding] = []
    for piece in pieces {
      var rest = piece[...]
      while let finding = parser.next(from: &rest) {
        found.append(finding)
        if case .broken = finding { return found }
      }
    }
    return found
  }

  private static let readable = [
    "220 mx\\r\\n",
    "250-mx\\r\\n250-PIPELINING\\r\\n250 SIZE\\r\\n250 ok\\r\\n354 go\\r\\n",
    "220-mx\\n220 mx\\n",
    "220 a\\rb\\r\\n220 c\\r\\r\\n",
    "250-\\0\\r\\n250 \\xFF\\r\\n",
    "220-mx\\r\\n554 no\\r\\n",
    "220\\r\\n220-\\r\\n220\\n",
  ]

  @Test("A reply cut at any two bytes parses the same", arguments: readable)
  func survivesCuts(_ text: String) {
    let bytes = unescapedBytes(text)
    let whole = findings([bytes])
    #expect(
      whole.count == bytes.split(separator: 0x0A).filter { $0.dropFirst(3).first != 0x2D }.count)
    for first in bytes.indices {
      for second in first...bytes.count {
        let pieces = [bytes[..<first], bytes[first..<second], bytes[second...]].map(Array.init)
        #expect(findings(pieces) == whole, "cut at \(first) and \(second)")
      }
    }
    #expect(findings(bytes.map { [$0] }) == whole)
  }

  @Test(
    "Each line keeps its code and separator where they are not as the last code has them",
    arguments: [
      ("250 ok\\r\\n", nil), ("250-a\\r\\n250 b\\r\\n", nil),
      ("250-first\\r\\n550 second\\r\\n", ["250-", "550 "]),
      ("220-a\\r\\n250-b\\r\\n250 c\\r\\n", ["220-", "250-", "250 "]),
      ("250\\r\\n", ["250"]), ("250-a\\r\\n250\\n", ["250-", "250"]), ("250 \\r\\n", nil),
    ] as [(String, [String]?)])
  func keepsPrefixes(_ text: String, _ expected: [String]?) {
    var found = findings([unescapedBytes(text), unescapedBytes("221 bye\\r\\n")])
    guard case .reply(let last, _, _, _)? = found.popLast(),
      case .reply(let reply, _, _, _)? = found.first
    else {
      Issue.record("not read")
      return
    }
    #expect(reply.prefixes?.map { String(decoding: $0, as: UTF8.self) } == expected)
    #expect(last.prefixes == nil)
  }

  @Test("Ranges of replies join without a gap", arguments: readable)
  func rangesJoin(_ text: String) {
    let bytes = unescapedBytes(text)
    var end = 0
    for case .reply(_, let range, _, _) in findings([bytes]) {
      #expect(range.lowerBound == end)
      end = range.upperBound
    }
    #expect(end == bytes.count)
  }

  @Test(
    "What is no reply line is told at its first wrong byte",
    arguments: [
      ("x", 1), ("2x", 2), ("22\\r", 3), ("220x", 4), ("220\\rx", 5), ("220\\0", 4), ("220\\t", 4),
      ("\\r\\n", 1), (" 220", 1), ("250-a\\r\\n25x", 10), ("-", 1), ("\\n", 1),
    ])
  func tellsMalformed(_ text: String, _ length: Int) throws {
    let bytes = unescapedBytes(text)
    #expect(findings([Array(bytes.prefix(length - 1))]) == [])
    let found = findings(bytes.map { [$0] })
    guard case .broken(.malformedReply, let evidence) = try #require(found.last) else {
      Issue.record("read as \(found)")
      return
    }
    #expect(bytes.prefix(length).suffix(evidence.count) == evidence[...])
  }

  @Test("The longest legal line is not remarked on; one byte more is", arguments: [0, 1])
  func remarksOnLongLines(_ excess: Int) throws {
    let line = Array("250 ".utf8) + Array(repeating: 0x61, count: 506 + excess) + [0x0D, 0x0A]
    guard case .reply(let reply, _, let oddities, _) = try #require(findings([line]).first) else {
      Issue.record("not read")
      return
    }
    #expect(reply.lines.first?.count == 506 + excess)
    #expect(oddities.map(\.kind) == (excess == 0 ? [] : [.longReplyLine]))
  }

  @Test(
    "A bound is passed at the same byte however it is read", arguments: [1, 7, 4096, 2_000_000])
  func boundsHold(_ pieceSize: Int) {
    let endlessLine = Array("250 ".utf8) + Array(repeating: 0x61, count: 70_000)
    let longLines = Array(
      repeating: Array("250-".utf8) + Array(repeating: 0x61, count: 60_000) + [0x0A], count: 20)
    let manyLines = Array(repeating: Array("250-\r\n".utf8), count: 5000)
    for bytes in [endlessLine, longLines.flatMap(\.self), manyLines.flatMap(\.self)] {
      var parser = ReplyParser()
      var fed = 0
      var kinds: [Violation.Kind] = []
      while fed < bytes.count, kinds.isEmpty {
        var piece = bytes[fed..<min(fed + pieceSize, bytes.count)]
        fed = piece.endIndex
        while let finding = parser.next(from: &piece) {
          guard case .broken(let kind, _) = finding else { continue }
          kinds.append(kind)
          break
        }
        #expect(parser.partial.count <= ReplyParser.longestReply + ReplyParser.longestLine)
      }
      #expect(kinds == [.endlessReply])
      #expect(parser.partial.isEmpty)
    }
  }

  @Test("The most lines and the longest line still are a reply")
  func boundsAreInclusive() {
    let most = Array(repeating: Array("250-\r\n".utf8), count: ReplyParser.mostLines - 1)
    let count = ReplyParser.longestLine - 6
    let longest = Array("250 ".utf8) + Array(repeating: 0x61, count: count) + [0x0D, 0x0A]
    let found = findings([most.flatMap(\.self) + longest])
    guard case .reply(let reply, _, _, _)? = found.first else {
      Issue.record("not read")
      return
    }
    #expect(reply.lines.count == ReplyParser.mostLines)
  }

  @Test("A note stands once a reply, with the bytes of its first line")
  func notesOnce() {
    let found = findings([Array("220-a\n220-b\n220 c\n".utf8)])
    guard case .reply(_, _, let oddities, _)? = found.first else {
      Issue.record("not read")
      return
    }
    #expect(oddities == [ReplyParser.Oddity(kind: .bareLineFeed, evidence: Array("220-a\n".utf8))])
  }
}
