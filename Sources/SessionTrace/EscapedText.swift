/// Bytes from the other side, made safe to show.
///
/// Server text is hostile: it may hold terminal escapes, NULs, or bytes that are no text at all.
/// Printable ASCII stands for itself, a backslash is doubled, everything else is `\r`, `\n`, `\t` or
/// `\xNN`. Well-formed UTF-8 is escaped too: look-alike and right-to-left letters have no business in
/// evidence. The result is plain ASCII, so every renderer may start from it, and it can be undone.
package func escapedText(_ bytes: some Sequence<UInt8>) -> String {
  var text = ""
  for byte in bytes {
    switch byte {
    case 0x5C: text += "\\\\"
    case 0x20...0x7E: text.unicodeScalars.append(Unicode.Scalar(byte))
    case 0x0D: text += "\\r"
    case 0x0A: text += "\\n"
    case 0x09: text += "\\t"
    default:
      let hex = String(byte, radix: 16, uppercase: true)
      text += "\\x" + (hex.count < 2 ? "0" : "") + hex
    }
  }
  return text
}

/// The text that ``escapedText(_:)`` made safe, as it was; what is no escape stands for itself.
package func unescapedText(_ text: String) -> String {
  var bytes: [UInt8] = []
  var rest = Array(text.utf8)[...]
  while let byte = rest.popFirst() {
    guard byte == 0x5C, let next = rest.first else {
      bytes.append(byte)
      continue
    }
    let simple: [UInt8: UInt8] = [0x5C: 0x5C, 0x72: 0x0D, 0x6E: 0x0A, 0x74: 0x09]
    if let plain = simple[next] {
      bytes.append(plain)
      rest.removeFirst()
    } else if next == 0x78, rest.count > 2,
      let value = UInt8(String(decoding: rest.dropFirst().prefix(2), as: UTF8.self), radix: 16)
    {
      bytes.append(value)
      rest.removeFirst(3)
    } else {
      bytes.append(byte)
    }
  }
  return String(decoding: bytes, as: UTF8.self)
}
