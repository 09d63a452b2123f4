import SessionTrace
import Testing

@Suite("An address in numbers")
struct NumericAddressTests {
  @Test(
    "is read in every way that RFC 4291 section 2.2 writes it",
    arguments: [
      ("192.0.2.1", [192, 0, 2, 1]), ("::", Array(repeating: 0, count: 16)),
      ("::1", Array(repeating: 0, count: 15) + [1]),
      ("2001:db8::25", [0x20, 1, 0xD, 0xB8] + Array(repeating: 0, count: 11) + [0x25]),
      ("fe80::1%eth0", [0xFE, 0x80] + Array(repeating: 0, count: 13) + [1]),
      ("::ffff:192.0.2.1", Array(repeating: 0, count: 10) + [0xFF, 0xFF, 192, 0, 2, 1]),
      ("::ffff:1.2.3.4", Array(repeating: 0, count: 10) + [0xFF, 0xFF, 1, 2, 3, 4]),
      ("1:2:3:4:5:6:7:8", [0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0, 7, 0, 8]),
    ] as [(String, [UInt8])])
  func reads(text: String, bytes: [UInt8]) { #expect(NumericAddress(text)?.bytes == bytes) }

  @Test(
    "is none of these",
    arguments: [
      "", ":", "1.2.3", "1.2.3.4.5", "1.2.3.256", "dead:beef", "1:2:3:4:5:6:7:8:9", "::1::2",
      "+1.2.3.4", "-1.2.3.4", "010.0.0.1", "1.2.3.00", "1..2.3", "::+1", "::-0", "1::2::3",
      "1.2.3.4::", "::1.2.3.4:5", "::1.2.3", "::01.2.3.4", "12345::", "a.example",
      "1:2:3:4:5:6:7::8:9", "x::1",
    ])
  func isNone(text: String) { #expect(NumericAddress(text) == nil) }
}
