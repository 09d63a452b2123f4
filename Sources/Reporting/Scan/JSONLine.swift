/// One object on one line (JSON Lines), its members in the order in which they are added.
///
/// Whoever reads a million of them looks at the first member and may stop there, so the order matters; and
/// text of others stands in plain ASCII, so that a line is safe in a terminal or a log.
package struct JSONLine: Sendable {
  private var bytes: [UInt8] = [UInt8(ascii: "{")]

  package init() {}

  /// The object and the line feed behind it.
  package var line: [UInt8] { object + [0x0A] }
  /// The object alone.
  var object: [UInt8] { bytes + [UInt8(ascii: "}")] }

  /// A text; `null` without one.
  package mutating func add(_ name: String, _ text: String?) {
    begin(name)
    if let text { append(text) } else { bytes += "null".utf8 }
  }

  /// A number; `null` without one.
  package mutating func add(_ name: String, _ number: (some BinaryInteger)?) {
    begin(name)
    bytes += (number.map { String($0) } ?? "null").utf8
  }

  package mutating func add(_ name: String, _ flag: Bool) {
    begin(name)
    bytes += (flag ? "true" : "false").utf8
  }

  /// A value that is JSON already; `null` without one.
  package mutating func add(_ name: String, written: (some Sequence<UInt8>)?) {
    begin(name)
    if let written { bytes += written } else { bytes += "null".utf8 }
  }

  /// An object inside; `null` without one.
  package mutating func add(_ name: String, object: JSONLine?) {
    add(name, written: object?.object)
  }

  private mutating func begin(_ name: String) {
    if bytes.count > 1 { bytes.append(UInt8(ascii: ",")) }
    append(name)
    bytes.append(UInt8(ascii: ":"))
  }

  private mutating func append(_ text: String) {
    // Nearly all text is as plain as this, and a scan has millions of lines.
    guard text.utf8.allSatisfy({ (0x20...0x7E).contains($0) && $0 != 0x22 && $0 != 0x5C }) else {
      bytes += jsonText(text)
      return
    }
    bytes.append(UInt8(ascii: "\""))
    bytes += text.utf8
    bytes.append(UInt8(ascii: "\""))
  }
}

/// A text as JSON, in plain ASCII.
func jsonText(_ text: String) -> [UInt8] {
  var bytes = [UInt8(ascii: "\"")]
  for unit in text.utf16 {
    switch unit {
    case 0x22, 0x5C: bytes += [0x5C, UInt8(unit)]
    case 0x20...0x7E: bytes.append(UInt8(unit))
    default:
      let digits = String(unit, radix: 16)
      bytes += "\\u".utf8
      bytes += String(repeating: "0", count: 4 - digits.count).utf8
      bytes += digits.utf8
    }
  }
  return bytes + [UInt8(ascii: "\"")]
}
