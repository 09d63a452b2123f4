@testable import SMTPDialogue
import TestSupport
import Testing
import SessionOptions

@Suite("Message content")
struct ContentTests {
  @Test(
    "Content is stuffed and ended as RFC 5321 has it, however it is cut",
    arguments: [
      ("", ".\\r\\n"),
      ("a\\r\\n", "a\\r\\n.\\r\\n"),
      ("a", "a\\r\\n.\\r\\n"),
      ("a\\r", "a\\r\\r\\n.\\r\\n"),
      ("a\\n", "a\\n\\r\\n.\\r\\n"),
      (".", "..\\r\\n.\\r\\n"),
      (".\\r\\n", "..\\r\\n.\\r\\n"),
      ("..\\r\\n", "...\\r\\n.\\r\\n"),
      ("a.b\\r\\n.c\\r\\n", "a.b\\r\\n..c\\r\\n.\\r\\n"),
      ("a\\n.\\r\\nb\\r\\n", "a\\n..\\r\\nb\\r\\n.\\r\\n"),
      ("\\0\\xFF\\r.\\r\\n", "\\0\\xFF\\r.\\r\\n.\\r\\n"),
      (
        "0123456789abcdef\\n.0123456789\\n.x\\n\\n..",
        "0123456789abcdef\\n..0123456789\\n..x\\n\\n...\\r\\n.\\r\\n"
      ),
    ])
  func stuffs(_ content: String, _ expected: String) {
    let bytes = unescapedBytes(content)
    for cut in 0...bytes.count {
      #expect(sent([Array(bytes[..<cut]), Array(bytes[cut...])]) == unescapedBytes(expected))
    }
    #expect(sent(bytes.map { [$0] }) == unescapedBytes(expected))
  }

  @Test("A server that follows RFC 5321 gets back the bytes that were given")
  func comesBack() {
    var random = SeededRandom(seed: 1)
    for _ in 0..<2000 {
      let content = (0..<Int.random(in: 0...60, using: &random)).map { _ in
        [0x2E, 0x0D, 0x0A, 0x61].randomElement(using: &random) ?? 0x61 as UInt8
      }
      let cut = Int.random(in: 0...content.count, using: &random)
      let wire = sent([Array(content[..<cut]), Array(content[cut...])])
      let hasLineEnd = content.suffix(2) == [0x0D, 0x0A] || content.isEmpty
      #expect(unstuffed(wire) == content + (hasLineEnd ? [] : [0x0D, 0x0A]))
    }
  }

  private func sent(_ chunks: [[UInt8]]) -> [UInt8] {
    var stuffer = DotStuffer()
    let stuffed = chunks.flatMap { stuffer.stuff($0, isEnd: false) }
    return stuffed + stuffer.stuff([], isEnd: true)
  }

  /// Lines end at LF; a dot at their start is dropped; a line that is a dot ends the message.
  private func unstuffed(_ wire: [UInt8]) -> [UInt8] {
    var content: [UInt8] = []
    var rest = wire[...]
    while let end = rest.firstIndex(of: 0x0A) {
      let line = rest[...end]
      rest = rest[(end + 1)...]
      if Array(line) == [0x2E, 0x0D, 0x0A], rest.isEmpty { return content }
      content += line.first == 0x2E ? line.dropFirst() : line
    }
    return content + [0xFF]
  }

  @Test(
    "Generated content has its size, its line length, and is the same every time",
    arguments: Array(0...600) + [1000, 4096, 65_537], [1, 2, 20, 76, 998])
  func generates(_ size: Int, _ lineLength: Int) throws {
    let content = try generated(size, lineLength, piece: 4096)
    #expect(content.count == size)
    #expect(try generated(size, lineLength, piece: 7) == content)
    if size >= 2 { #expect(content.suffix(2) == [0x0D, 0x0A]) }
    #expect(content.allSatisfy { $0 == 0x0D || $0 == 0x0A || (0x20...0x7E).contains($0) })
    let body = Self.body(of: content)
    let lines = body.split(separator: 0x0A, omittingEmptySubsequences: false).dropLast()
    #expect(lines.allSatisfy { $0.count - 1 <= lineLength })
    // The line before the last may have given it a byte.
    #expect(lines.dropLast(2).allSatisfy { $0.count - 1 == lineLength })
    #expect(!lines.contains { $0.first == 0x2E })
  }

  @Test("A line of the body says at which byte it stands")
  func linesAreNumbered() throws {
    let content = try generated(5000, 60, piece: 100)
    let body = Self.body(of: content)
    for start in [0, 62, 620] {
      let offset = content.count - body.count + start
      let number = String(decoding: body.dropFirst(start).prefix(12), as: UTF8.self)
      #expect(Int(number) == offset)
    }
  }

  @Test("A header as large as the message leaves the body empty, and is never cut")
  func headerFits() throws {
    let whole = try generated(400, 76, piece: 400)
    let header = String(
      decoding: whole.prefix(whole.count - Self.body(of: whole).count), as: UTF8.self)
    let names = header.split(separator: "\r\n").map { $0.prefix { $0 != ":" } }
    #expect(names == ["From", "To", "Subject", "Message-ID"])
    #expect(header.hasSuffix("\r\n\r\n"))
  }

  private func generated(_ size: Int, _ lineLength: Int, piece: Int) throws -> [UInt8] {
    let envelope = try Envelope(sender: [], recipients: [Array("postmaster".utf8)])
    var generator = ContentGenerator(
      size: size, lineLength: lineLength, envelope: envelope, ehloName: "probe.example")
    var content: [UInt8] = []
    while true {
      let next = generator.next(atMost: piece)
      if next.isEmpty { return content }
      #expect(next.count <= piece)
      content += next
    }
  }

  /// What stands behind the empty line; everything when there is no header.
  private static func body(of content: [UInt8]) -> ArraySlice<UInt8> {
    guard content.starts(with: Array("From: ".utf8)) || content.starts(with: Array("To: ".utf8))
    else { return content[...] }
    let end = content.indices.first { content[$0...].starts(with: [0x0D, 0x0A, 0x0D, 0x0A]) }
    return content[((end ?? 0) + 4)...]
  }
}
