import SessionTrace
import Testing

@testable import Probe

@Suite("Replies that began under TLS")
struct RecordTailTests {
  private static let record: [UInt8] = [23, 3, 3, 1, 44] + Array(repeating: 9, count: 300)
  private static let alert: [UInt8] = [21, 3, 3, 0, 2, 1, 112]

  @Test("A record that began is told with its length and its times; a whole one is not")
  func record() {
    var tail = RecordTail()
    #expect(tail.partialRecord(relativeTo: 0) == nil)
    tail.append(Self.record + Array(Self.record.prefix(30)), at: 100)
    tail.append(Array(Self.record[30..<40]), at: 250)
    let partial = tail.partialRecord(relativeTo: 50)
    #expect(partial?.length == 40)
    #expect(partial?.ciphertext == 40)
    #expect(partial?.record == 305)
    #expect(partial?.firstAt == 50)
    #expect(partial?.lastAt == 200)
    #expect(partial?.bytes.hasPrefix("\\x17\\x03\\x03\\x01,\\t") == true)
    tail.append(Array(Self.record[40...]), at: 300)
    #expect(tail.partialRecord(relativeTo: 0) == nil)
    tail.append(Array(Self.record.prefix(6)), at: 400)
    #expect(tail.partialRecord(relativeTo: 0)?.firstAt == 400)
  }

  @Test("In the handshake whole records are part of an answer, but alerts are not")
  func handshake() {
    var tail = RecordTail()
    tail.append(Self.alert, at: 1)
    #expect(tail.partialFlight(relativeTo: 0) == nil)
    tail.append(Self.record, at: 2)
    #expect(tail.partialFlight(relativeTo: 0)?.length == 312)
    tail.answered()
    #expect(tail.partialFlight(relativeTo: 0) == nil)
    tail.append(Array(Self.alert.prefix(6)), at: 3)
    #expect(tail.partialFlight(relativeTo: 0)?.length == 6)
  }
}
