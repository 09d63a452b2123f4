/// The twelve digits at the start of a line of generated content, counted up without a division.
///
/// Digits are kept as text, the first in the highest byte, and added all at once: nines are passed by letting
/// the byte overflow into the next.
struct LineNumber: Equatable, Sendable {
  /// Digits of each number; what would be a thirteenth is left out.
  static let width = 12

  /// The first four digits and the last eight, ASCII.
  private(set) var high: UInt32
  private(set) var low: UInt64

  /// The number, not negative.
  init(_ number: Int) {
    let (above, below) = number.quotientAndRemainder(dividingBy: 100_000_000)
    low = Self.digits(below)
    high = UInt32(truncatingIfNeeded: Self.digits(above % 10_000))
  }

  /// Adds another.
  mutating func add(_ other: LineNumber) {
    let (lower, carries) = Self.sum(low, other.low, carry: 0)
    low = lower
    guard carries || other.high != UInt32(truncatingIfNeeded: Self.zeros) else { return }
    let upper = Self.sum(UInt64(high), UInt64(other.high), carry: carries ? 1 : 0)
    high = UInt32(truncatingIfNeeded: upper.digits)
  }

  /// As text.
  var text: [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: high >> (24 - 8 * $0)) }
      + (0..<8).map { UInt8(truncatingIfNeeded: low >> (56 - 8 * $0)) }
  }

  private static let zeros: UInt64 = 0x3030_3030_3030_3030

  private static func digits(_ number: Int) -> UInt64 {
    var rest = number
    var digits: UInt64 = 0
    for place in 0..<8 {
      digits |= UInt64(UInt8(ascii: "0") + UInt8(rest % 10)) << (8 * place)
      rest /= 10
    }
    return digits
  }

  /// The sum of eight digits and eight others, and whether it has a ninth.
  private static func sum(
    _ left: UInt64, _ right: UInt64, carry: UInt64
  ) -> (digits: UInt64, carries: Bool) {
    // A digit of one and a digit of the other with 246 are 256 where they pass nine, and leave the byte.
    let lifted = (right & 0x0F0F_0F0F_0F0F_0F0F) &+ 0xF6F6_F6F6_F6F6_F6F6
    let first = (left & 0x0F0F_0F0F_0F0F_0F0F).addingReportingOverflow(lifted)
    let second = first.partialValue.addingReportingOverflow(carry)
    let sum = second.partialValue
    // Where nine was not passed, the 246 is still there.
    let kept = (sum >> 7) & 0x0101_0101_0101_0101
    return ((sum &- kept &* 0xF6) | zeros, first.overflow || second.overflow)
  }
}
