import Diagnosis
@testable import Probe
import SessionOptions
import SessionTrace
import SMTPDialogue
import Testing
@testable import Simulation

/// Content by BDAT: how it is cut, and that every byte of it is in the books.
@Suite("Chunks")
struct ChunkTests {
  private func cut(_ content: [UInt8], size: Int?, isKnown: Bool, read: Int) throws -> (
    chunks: [String], bytes: [UInt8]
  ) {
    let source = SimulatedContent(content, greatestChunk: read, random: SeededRandom(seed: read))
    var cutter = ChunkCutter(
      source, plan: ChunkingPlan(mode: .on, size: size), total: isKnown ? content.count : nil)
    var chunks: [String] = []
    var bytes: [UInt8] = []
    while !cutter.isLast || cutter.left != nil {
      if cutter.left == nil {
        guard let announced = try cutter.open() else { continue }
        chunks.append("\(announced)\(cutter.isLast ? " LAST" : "")")
      }
      if case .bytes(let part) = try cutter.next(50) { bytes += part }
    }
    return (chunks, bytes)
  }

  @Test(
    "A message becomes chunks of the size asked for, known beforehand or from a pipe",
    arguments: [
      (100, 40, ["40", "40", "20 LAST"]), (80, 40, ["40", "40 LAST"]), (40, 40, ["40 LAST"]),
      (41, 40, ["40", "1 LAST"]), (0, 40, ["0 LAST"]), (3, 1, ["1", "1", "1 LAST"]),
      (100, nil, ["100 LAST"]), (0, nil, ["0 LAST"]),
    ] as [(Int, Int?, [String])], [1, 7, 64])
  func sizes(_ row: (total: Int, size: Int?, chunks: [String]), read: Int) throws {
    let content = (0..<row.total).map { UInt8($0) }
    for isKnown in [true, false] {
      let made = try cut(content, size: row.size, isKnown: isKnown, read: read)
      #expect(made.chunks == row.chunks)
      #expect(made.bytes == content)
    }
  }

  @Test("A pipe without a chunk size goes in chunks of 64 KiB")
  func pipe() throws {
    let content = [UInt8](repeating: 0x61, count: 150_000)
    let made = try cut(content, size: nil, isKnown: false, read: 30_000)
    #expect(made.chunks == ["65536", "65536", "18928 LAST"])
    #expect(made.bytes == content)
  }

  @Test("A source that ends before what was announced is our own failure, and tells the gap")
  func tooShort() throws {
    let source = SimulatedContent([1, 2, 3], greatestChunk: 9, random: SeededRandom(seed: 1))
    var cutter = ChunkCutter(source, plan: ChunkingPlan(mode: .on), total: 10)
    #expect(try cutter.open() == 10)
    var bytes: [UInt8] = []
    var end: ChunkCutter.Part?
    while end == nil {
      switch try cutter.next(100) {
      case .bytes(let part): bytes += part
      case .notYet: break
      case .tooShort(let missing): end = .tooShort(missing)
      }
    }
    #expect(bytes == [1, 2, 3])
    #expect(end == .tooShort(7))
  }

  @Test(
    "A session by BDAT tells the truth, and its message arrives as it is",
    arguments: [nil, 1, 7, 500, 5_000] as [Int?])
  func session(size: Int?) throws {
    let message = Array("Subject: x\r\n\r\n.dot\r\n.\r\nno line end".utf8)
    let trial = try Trial(
      .honest.with {
        $0.message = message
        $0.chunking = ChunkingPlan(mode: .on, size: size)
      })
    #expect(trial.verdict.status == .ok)
    #expect(trial.claim == trial.truth)
    #expect(trial.complaints.isEmpty)
    let chunks = trial.trace.commands.filter { $0.text.hasPrefix("BDAT ") }
    #expect(chunks.count == ChunkingPlan(size: size).count(of: message.count))
    #expect(trial.trace.content?.taken == message.count)
  }
}
