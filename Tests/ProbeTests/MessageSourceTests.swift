@testable import Probe
import SMTPDialogue
import SessionOptions
import TestSupport
import Testing

/// Files of all sizes come out byte for byte, and MAIL says of them what is true.
@Suite("A message file")
struct MessageSourceTests {
  private static let head = MessageSource.headLength

  @Test(
    "is read as it is, whatever its size",
    arguments: [0, 1, 2, 73, 4_096, 4_097, head - 1, head, head + 1, head + 65_537, 3 * head])
  func asItIs(size: Int) throws {
    let content = text(size)
    let file = try Scratch(content)
    let source = try MessageSource(file: file.path)
    for _ in 0..<2 { #expect(try bytes(of: source.make()) == content) }
    let lacksLineEnd = content.suffix(2) != [0x0D, 0x0A]
    #expect(source.plan.exactSize == size && source.plan.lacksLineEnd == lacksLineEnd)
    #expect(source.plan.size == size + (lacksLineEnd ? 2 : 0))
    // Of what was not read, nothing is claimed; one byte more than is held is read all the same.
    #expect(source.plan.hasEightBit == (size > Self.head + 1 ? nil : false))
  }

  @Test("has 8-bit bytes where they were read, or its header announces them")
  func eightBit() throws {
    let small = try Scratch(text(900) + [0xC3, 0xA9])
    #expect(try MessageSource(file: small.path).plan.hasEightBit == true)
    let seen = try Scratch([0xC3] + text(2 * Self.head))
    #expect(try MessageSource(file: seen.path).plan.hasEightBit == true)
    let late = try Scratch(text(2 * Self.head) + [0xC3])
    #expect(try MessageSource(file: late.path).plan.hasEightBit == nil)
    let announced = try Scratch(
      Array("Content-Transfer-Encoding: 8bit\r\n\r\n".utf8) + text(2 * Self.head) + [0xC3])
    #expect(try MessageSource(file: announced.path).plan.hasEightBit == true)
  }

  @Test("is mended as a whole, also behind what was read first", arguments: [100, 2 * head])
  func mended(size: Int) throws {
    let file = try Scratch(text(size) + [0x0A, 0xC3, 0x0A])
    let source = try MessageSource(file: file.path, mends: [.lineEnds, .eightBit])
    var mender = ContentMender([.lineEnds, .eightBit])
    let wanted = mender.mend(text(size) + [0x0A, 0xC3, 0x0A]) + mender.finish()
    #expect(try bytes(of: source.make()) == wanted)
    #expect(source.plan.exactSize == wanted.count && source.plan.hasEightBit == false)
  }

  /// Lines of text with a dot here and there.
  private func text(_ size: Int) -> [UInt8] {
    let line = Array(".\r\n0123456789 abcdefghij\r\n".utf8)
    return (0..<size).map { line[$0 % line.count] }
  }

  private func bytes(of source: any ContentSource) throws -> [UInt8] {
    var all: [UInt8] = []
    while case .bytes(let bytes) = try source.next(MessagePlan.piece) {
      #expect(bytes.count <= MessagePlan.piece)
      all += bytes
    }
    return all
  }
}
