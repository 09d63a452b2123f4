/// Bytes from the other side, made safe to show.
///
/// Server text is hostile: it may hold terminal escapes, NULs, or bytes that are no text at all.
/// Printable ASCII stands for itself, a backslash is doubled, everything else is `\r`, `\n`, `\t` or
/// `\xNN`. Well-formed UTF-8 is escaped too: look-alike and right-to-left letters have no business in
/// evidence. The result is plain ASCII, so every renderer may start from it, and it can be undone.
package func escapedText(_ bytes: some Sequence<UInt8>) -> String {
  // Nearly all text has nothing to escape.
  if let plain = bytes.withContiguousStorageIfAvailable({ unsafe plainText($0) }) ?? nil {
    return plain
  }
  // Bytes and one string at the end: a string that grows letter by letter takes ten times as long.
  var text: [UInt8] = []
  text.reserveCapacity(bytes.underestimatedCount)
  for byte in bytes {
    switch byte {
    case 0x5C: text += [0x5C, 0x5C]
    case 0x20...0x7E: text.append(byte)
    case 0x0D: text += [0x5C, UInt8(ascii: "r")]
    case 0x0A: text += [0x5C, UInt8(ascii: "n")]
    case 0x09: text += [0x5C, UInt8(ascii: "t")]
    default: text += [0x5C, UInt8(ascii: "x"), hexDigit(byte >> 4), hexDigit(byte & 0xF)]
    }
  }
  return String(decoding: text, as: UTF8.self)
}

/// The bytes as text where none of them needs an escape.
private func plainText(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
  for index in bytes.indices {
    let byte = unsafe bytes[index]
    if byte == 0x5C || !(0x20...0x7E).contains(byte) { return nil }
  }
  return unsafe String(decoding: bytes, as: UTF8.self)
}

/// `0` to `F` in ASCII for 0 to 15.
private func hexDigit(_ value: UInt8) -> UInt8 {
  value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "A") + value - 10
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
