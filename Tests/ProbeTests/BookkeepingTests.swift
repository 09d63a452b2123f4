@testable import Probe
import SessionOptions
import SessionTrace
import Testing
@testable import Simulation

/// The small stores in which a session keeps what must stay bounded.
@Suite("Bookkeeping")
struct BookkeepingTests {
  private func piece(_ text: String, size: Int = .max) -> PieceRun {
    PieceRun(
      bytes: Array(text.utf8), size: size, stage: .mail, isPlanned: false, wantsTimestamps: false)
  }

  @Test("An outbox gives every byte once and in order, whatever a kernel takes", arguments: 1...7)
  func outboxKeepsOrder(taken: Int) {
    var outbox = Outbox()
    var given: [UInt8] = []
    var wanted: [UInt8] = []
    var completed = 0
    for round in 0..<300 {
      let text = String(repeating: "x", count: round % 5) + "\(round)"
      outbox.append(piece(text))
      wanted += Array(text.utf8)
      let part = outbox.unwritten.prefix(taken)
      given += part
      if outbox.advance(part.count) { completed += 1 }
    }
    while !outbox.isEmpty {
      let part = outbox.unwritten.prefix(taken)
      given += part
      if outbox.advance(part.count) { completed += 1 }
    }
    #expect(given == wanted)
    #expect(completed == 300)
    #expect(outbox.first == nil)
    #expect(outbox.unwritten.isEmpty)
  }

  @Test("An outbox gives each piece of a run by itself", arguments: 1...7)
  func outboxCutsRuns(taken: Int) {
    var outbox = Outbox()
    outbox.append(piece("abcdefgh", size: 3))
    outbox.append(piece("ij", size: 1))
    var pieces = [""]
    while let first = outbox.first {
      #expect(first.length <= 3)
      let part = outbox.unwritten.prefix(taken)
      pieces[pieces.count - 1] += String(decoding: part, as: UTF8.self)
      if outbox.advance(part.count) { pieces.append("") }
    }
    #expect(pieces == ["abc", "def", "gh", "i", "j", ""])
  }

  @Test("An outbox takes no empty piece, and forgets everything when told")
  func outboxEmpties() {
    var outbox = Outbox()
    outbox.append(piece(""))
    #expect(outbox.isEmpty)
    outbox.append(piece("abc"))
    let isComplete = outbox.advance(2)
    #expect(!isComplete)
    #expect(outbox.written == 2)
    outbox.removeAll()
    #expect(outbox.isEmpty)
    #expect(outbox.written == 0)
  }

  @Test("A reply remembers its reads, cut at every place", arguments: 1..<8)
  func replyInTwoReads(cut: Int) {
    let reply = Array("250 ok\r\n".utf8)
    var log = ReadLog()
    log.append(Array(reply[..<cut]), at: 10)
    log.append(Array(reply[cut...]), at: 25)
    let arrival = log.arrival(of: 0..<8)
    #expect(arrival.reads == [cut, 8 - cut])
    #expect(arrival.gaps == [15])
    #expect(arrival.cuts == [cut == 7 ? "inside_crlf" : "in_line"])
    #expect(arrival.firstRead == 0)
  }

  @Test("Replies that share a read each count their own bytes of it")
  func sharedRead() {
    var log = ReadLog()
    log.append(Array("250 a\r\n250 b\r".utf8), at: 1)
    log.append(Array("\n".utf8), at: 2)
    let first = log.arrival(of: 0..<7)
    #expect(first.reads == [7])
    let second = log.arrival(of: 7..<14)
    #expect(second.reads == [6, 1])
    #expect(second.firstRead == 0)
    #expect(second.cuts == ["inside_crlf"])
  }

  @Test("A reply in very many reads is kept in few, and no byte is lost")
  func endlessReply() {
    var log = ReadLog()
    let count = 3 * ReadLog.mostReads
    for moment in 0..<count { log.append([0x61], at: Microseconds(moment)) }
    #expect(log.span(from: 0)?.last == Microseconds(count - 1))
    let arrival = log.arrival(of: 0..<count)
    #expect(arrival.reads.count == ReadLog.mostReads)
    #expect(arrival.reads.reduce(0, +) == count)
    #expect(arrival.gaps.count == arrival.reads.count - 1)
  }

  private func segment(_ offset: Int) -> SegmentRecord {
    SegmentRecord(offset: offset, length: 1, stage: .body, written: 0)
  }

  @Test(
    "A segment log keeps both ends and counts between them", arguments: [0, 1, 4, 5, 8, 9, 100])
  func segmentLog(count: Int) {
    var log = SegmentLog(bound: 4)
    for offset in 0..<count { log.append(segment(offset)) }
    #expect(log.count == count)
    #expect(log.omitted == max(0, count - 8))
    #expect(log.head.map(\.offset) == Array(0..<min(count, 4)))
    #expect(log.tail.map(\.offset) == Array(max(min(count, 4), count - 4)..<count))
  }

  @Test("A segment log is changed from the newest back, until told to stop")
  func segmentLogUpdates() {
    var log = SegmentLog(bound: 2)
    for offset in 0..<9 { log.append(segment(offset)) }
    var seen: [Int] = []
    log.updateFromNewest { segment in
      seen.append(segment.offset)
      segment.length = 7
      return segment.offset > 7
    }
    #expect(seen == [8, 7])
    #expect(log.kept.map(\.length) == [1, 1, 7, 7])
  }

  @Test(
    "A moment as RFC 3339 writes it",
    arguments: [
      (0, "1970-01-01T00:00:00.000000Z"), (-1, "1969-12-31T23:59:59.999999Z"),
      (951_782_400_000_001, "2000-02-29T00:00:00.000001Z"),
      (1_795_255_331_204_512, "2026-11-21T10:02:11.204512Z"),
      (253_402_300_799_999_999, "9999-12-31T23:59:59.999999Z"),
    ] as [(Microseconds, String)])
  func timestamp(moment: Microseconds, text: String) {
    #expect(rfc3339(microsecondsSinceEpoch: moment) == text)
  }

  private func facts(segments: Int, retransmits: Int = 0, unsent: Int = 0) -> KernelFacts {
    var facts = KernelFacts()
    facts.dataSegmentsOut = segments
    facts.totalRetransmits = retransmits
    facts.unsent = unsent
    facts.sendMSS = 100
    return facts
  }

  @Test("Pieces left as planned only if the kernel counted as many, what it repeated aside")
  func splitCheck() {
    var check = SplitCheck()
    check.start(at: 5, facts: facts(segments: 10, retransmits: 1))
    let pieces = [50, 100, 250].map { written($0, in: &check) }
    let judgement = check.judge(facts(segments: 17, retransmits: 3))
    #expect(judgement?.from == 5)
    #expect(pieces.map { judgement?.verdict(on: $0) } == [true, true, false])

    check.start(at: 0, facts: facts(segments: 10))
    let two = [1, 1].map { written($0, in: &check) }
    let merged = check.judge(facts(segments: 11))
    #expect(two.map { merged?.verdict(on: $0) } == [false, false])

    check.start(at: 0, facts: facts(segments: 10))
    let waiting = written(1, in: &check)
    let unknown = check.judge(facts(segments: 10, unsent: 1))
    #expect(unknown?.verdict(on: waiting) == .some(nil))
  }

  @Test("A piece without a planned size may fill several segments, all but the last of them whole")
  func sizelessPieces() {
    var check = SplitCheck()
    check.start(at: 0, facts: facts(segments: 10))
    let whole = written(250, in: &check, isSizeless: true)
    let parts = [
      written(150, of: 250, in: &check, isSizeless: true),
      written(100, of: 250, in: &check, isSizeless: true, completes: true),
    ]
    let judgement = check.judge(facts(segments: 16))
    #expect(([whole] + parts).map { judgement?.verdict(on: $0) } == [true, true, true])

    check.start(at: 0, facts: facts(segments: 10))
    let joined = written(250, in: &check, isSizeless: true)
    let fewer = check.judge(facts(segments: 12))
    #expect(fewer?.verdict(on: joined) == false)

    check.start(at: 0, facts: facts(segments: 10))
    let waiting = written(250, in: &check, isSizeless: true)
    let unknown = check.judge(facts(segments: 10, unsent: 1))
    #expect(unknown?.verdict(on: waiting) == .some(nil))
  }

  /// The record of `count` bytes written of a planned piece.
  private func written(
    _ count: Int, of length: Int? = nil, in check: inout SplitCheck, isSizeless: Bool = false,
    completes: Bool? = nil
  ) -> SegmentRecord {
    let piece = Piece(
      length: length ?? count, stage: .mail, isPlanned: true,
      isSizeless: isSizeless, wantsTimestamps: false)
    return SegmentRecord(
      offset: 5, length: count, stage: .mail, written: 0,
      asPlanned: check.note(count, of: piece, completes: completes ?? (length == nil)))
  }
}
