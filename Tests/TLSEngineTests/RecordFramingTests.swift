import TLSEngine
import Testing

@Suite("Records as they are framed")
struct RecordFramingTests {
  private static let text: [UInt8] = [23, 3, 3, 1, 44] + Array(repeating: 9, count: 300)
  private static let alert: [UInt8] = [21, 3, 3, 0, 2, 1, 112]

  @Test(
    "What is unfinished is what came of the record that has not ended",
    arguments: [
      ([], 0, nil, false), (Array(text.prefix(3)), 3, nil, false),
      (Array(text.prefix(40)), 40, 305, false), (text, 0, nil, true), (alert, 0, nil, false),
      (alert + Array(text.prefix(7)), 7, 305, false), (text + Array(alert.prefix(6)), 6, 7, true),
      (text + alert + text, 0, nil, true),
    ] as [([UInt8], Int, Int?, Bool)])
  func unfinished(_ bytes: [UInt8], _ expected: Int, _ announced: Int?, _ hasAnswer: Bool) {
    for size in [1, 2, 5, 6, 100, 10_000] {
      var framing = RecordFraming()
      var sawAnswer = false
      for start in stride(from: 0, to: bytes.count, by: size) {
        if framing.receive(Array(bytes[start..<min(start + size, bytes.count)])) {
          sawAnswer = true
        }
      }
      #expect(framing.unfinished == expected)
      #expect(framing.announced == announced)
      #expect(sawAnswer == hasAnswer)
    }
  }
}
