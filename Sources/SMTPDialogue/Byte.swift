/// The bytes that SMTP's grammar is made of.
enum Byte {
  static let lf: UInt8 = 0x0A
  static let cr: UInt8 = 0x0D
  static let space: UInt8 = 0x20
  static let hyphen: UInt8 = 0x2D
  static let dot: UInt8 = 0x2E

  static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}
