import SessionOptions
import SessionTrace
import Testing
@testable import Wire

@Suite("Send times")
struct TimestampTests {
  @Test(
    "Each piece gets its times under the offset of its last byte, in the order of its way",
    arguments: [[1], [26, 513], [1, 1, 1], [100, 1, 412]])
  func pieces(sizes: [Int]) throws {
    let pair = try LoopbackPair()
    var stamps: [TransmitTimestamp] = []
    pair.client.onReady = { [client = pair.client] _ in stamps += client.drainTimestamps() }
    let before = pair.loop.now
    var end = 0
    var ends: [Int] = []
    for size in sizes {
      let bytes = [UInt8](repeating: 0x61, count: size)
      _ = pair.client.write(bytes[...], endsSegment: true, wantsTimestamps: true)
      end += size
      ends.append(end - 1)
    }
    try pair.wait { stamps.filter { $0.kind == .acknowledged }.count == sizes.count }
    for kind in [TransmitTimestamp.Kind.sent, .acknowledged] {
      #expect(stamps.filter { $0.kind == kind }.map(\.lastByte) == ends)
    }
    for last in ends {
      let sent = try #require(stamps.first { $0.kind == .sent && $0.lastByte == last })
      let acknowledged = try #require(
        stamps.first { $0.kind == .acknowledged && $0.lastByte == last })
      #expect(sent.at <= acknowledged.at)
      #expect(sent.at >= before - 1000 && acknowledged.at <= pair.loop.now)
    }
    pair.client.ask()
    #expect(pair.client.drainTimestamps().isEmpty)
    #expect(pair.client.drainErrors().isEmpty)
  }

  @Test("Where nobody wants to know when bytes left, their acknowledgement alone is stamped")
  func acknowledgementAlone() throws {
    let pair = try LoopbackPair()
    pair.client.timesSending = false
    var stamps: [TransmitTimestamp] = []
    pair.client.onReady = { [client = pair.client] _ in stamps += client.drainTimestamps() }
    _ = pair.client.write([1, 2, 3], endsSegment: true, wantsTimestamps: true)
    try pair.wait { !stamps.isEmpty }
    pair.client.ask()
    stamps += pair.client.drainTimestamps()
    #expect(stamps.map(\.kind) == [.acknowledged] && stamps.map(\.lastByte) == [2])
  }

  @Test("What is done in a turn of the loop shows in the facts of that turn")
  func factsOfOneTurn() throws {
    let pair = try LoopbackPair()
    var seen: [Int?] = []
    pair.client.onReady = { [client = pair.client] _ in
      guard seen.isEmpty, client.facts().received == 1 else { return }
      for _ in 0..<3 {
        _ = client.write([1, 2], endsSegment: true)
        let facts = client.facts()
        seen.append(facts.acknowledged.flatMap { known in facts.outstanding.map { known + $0 } })
      }
    }
    _ = pair.server.write([1], endsSegment: true)
    try pair.wait { !seen.isEmpty }
    #expect(seen == [2, 4, 6])
    try pair.wait { pair.client.facts().acknowledged == 6 }
  }

  @Test("Only the writes that ask for times get any, and the loop does not spin for them")
  func onDemand() throws {
    let pair = try LoopbackPair()
    var calls = 0
    pair.client.onReady = { _ in calls += 1 }
    _ = pair.client.write([1], endsSegment: true)
    _ = pair.client.write([2], endsSegment: true, wantsTimestamps: true)
    _ = pair.client.write([3], endsSegment: true)
    try pair.wait { pair.client.facts().acknowledged == 3 }
    var turns = 0
    try pair.wait {
      turns += 1
      return turns > 50
    }
    pair.client.ask()
    #expect(Set(pair.client.drainTimestamps().map(\.lastByte)) == [1])
    #expect(calls <= 3)
  }

  @Test("Times of a dead connection can still be asked for")
  func afterReset() throws {
    let pair = try LoopbackPair()
    _ = pair.client.write([1, 2], endsSegment: true, wantsTimestamps: true)
    try pair.wait { pair.client.facts().acknowledged == 2 }
    pair.server.close(withReset: true)
    try pair.wait { pair.client.facts().state == "CLOSE" }
    pair.client.ask()
    #expect(pair.client.drainTimestamps().contains { $0.kind == .acknowledged && $0.lastByte == 1 })
    guard case .failed(let failure) = pair.client.read() else {
      Issue.record("the reset was lost")
      return
    }
    #expect(failure.name == "ECONNRESET")
  }

  @Test("The kernel's 32-bit count is carried on past 4 GiB", arguments: carries)
  func carry(row: Carry) {
    #expect(streamOffset(of: row.counted, written: row.written) == row.offset)
  }

  struct Carry: Sendable {
    let counted: UInt32
    let written: Int
    let offset: Int
  }

  static let carries: [Carry] = [
    Carry(counted: 0, written: 1, offset: 0),
    Carry(counted: 512, written: 513, offset: 512),
    Carry(counted: .max, written: 0x1_0000_0000, offset: 0xFFFF_FFFF),
    Carry(counted: 0, written: 0x1_0000_0001, offset: 0x1_0000_0000),
    Carry(counted: .max, written: 0x1_0000_0005, offset: 0xFFFF_FFFF),
    Carry(counted: 3, written: 0x2_0000_0004, offset: 0x2_0000_0003),
    Carry(counted: 4, written: 0x2_0000_0004, offset: 0x1_0000_0004),
  ]
}
