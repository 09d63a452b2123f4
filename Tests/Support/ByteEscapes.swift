/// Bytes written as text: `\r`, `\n`, `\t`, `\0`, `\\` and `\xNN`; everything else stands for its
/// UTF-8.
///
/// A backslash before anything else stands for itself, so that a typing error shows in the comparison.
package func unescapedBytes(_ text: String) -> [UInt8] {
  var bytes: [UInt8] = []
  var rest = Array(text.utf8)[...]
  while let byte = rest.popFirst() {
    guard byte == UInt8(ascii: "\\"), let kind = rest.first else {
      bytes.append(byte)
      continue
    }
    let plain: [UInt8: UInt8] = [
      UInt8(ascii: "r"): 0x0D, UInt8(ascii: "n"): 0x0A, UInt8(ascii: "t"): 0x09,
      UInt8(ascii: "0"): 0x00, UInt8(ascii: "\\"): UInt8(ascii: "\\"),
    ]
    let digits = String(decoding: rest.dropFirst().prefix(2), as: UTF8.self)
    if let value = plain[kind] {
      bytes.append(value)
      rest = rest.dropFirst()
    } else if kind == UInt8(ascii: "x"), digits.count == 2, let value = UInt8(digits, radix: 16) {
      bytes.append(value)
      rest = rest.dropFirst(3)
    } else {
      bytes.append(byte)
    }
  }
  return bytes
}
