@testable import SMTPDialogue
import Testing

@Suite("The number of a line")
struct LineNumberTests {
  @Test(
    "counts up as numbers do",
    arguments: [0, 1, 9, 10, 99_999_921, 99_999_922, 999_999_999_000, 123_456_789_012],
    [1, 2, 14, 78, 999, 1_000, 100_000_001])
  func counts(from start: Int, by step: Int) {
    var number = LineNumber(start)
    for count in 1...200 {
      number.add(LineNumber(step))
      let digits = String((start + count * step) % 1_000_000_000_000)
      let wanted = String(repeating: "0", count: LineNumber.width - digits.count) + digits
      #expect(String(decoding: number.text, as: UTF8.self) == wanted)
      #expect(number == LineNumber(start + count * step))
    }
  }
}
