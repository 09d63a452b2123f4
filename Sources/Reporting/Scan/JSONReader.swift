/// Reads one JSON document (RFC 8259), strictly, and in a depth that no stack minds.
///
/// `FoundationEssentials` has a decoder, which forgets how a value was written; what is passed through
/// untouched needs that.
struct JSONReader {
  private let bytes: ArraySlice<UInt8>
  private var place: Int
  private var depth = 0

  private static let mostDepth = 64

  init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    place = bytes.startIndex
  }

  /// The whole of it.
  mutating func document() throws(JSONTextError) -> JSONValue {
    let value = try value()
    skipBlanks()
    guard next == nil else { throw error("something behind the value") }
    return value
  }

  private var next: UInt8? { place < bytes.endIndex ? bytes[place] : nil }

  private func error(_ problem: String) -> JSONTextError {
    JSONTextError(problem: problem, column: place - bytes.startIndex + 1)
  }

  private mutating func skipBlanks() {
    while let byte = next, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D {
      place += 1
    }
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    skipBlanks()
    guard next == byte else { return false }
    place += 1
    return true
  }

  private mutating func value() throws(JSONTextError) -> JSONValue {
    skipBlanks()
    switch next {
    case UInt8(ascii: "{"):
      return try nested { (reader) throws(JSONTextError) in
        .object(try reader.members())
      }
    case UInt8(ascii: "["):
      return try nested { (reader) throws(JSONTextError) in
        .list(try reader.elements())
      }
    case UInt8(ascii: "\""): return .text(try string())
    case UInt8(ascii: "t"): return try word("true", .flag(true))
    case UInt8(ascii: "f"): return try word("false", .flag(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case nil: throw error("a value is missing")
    default: return .number(try number())
    }
  }

  private mutating func nested(
    _ read: (inout JSONReader) throws(JSONTextError) -> JSONValue
  ) throws(JSONTextError) -> JSONValue {
    guard depth < Self.mostDepth else { throw error("nested too deep") }
    depth += 1
    place += 1
    let value = try read(&self)
    depth -= 1
    return value
  }

  private mutating func members() throws(JSONTextError) -> [JSONMember] {
    var members: [JSONMember] = []
    if take(UInt8(ascii: "}")) { return members }
    repeat {
      skipBlanks()
      guard next == UInt8(ascii: "\"") else { throw error("a name in quotes is missing") }
      let name = try string()
      guard take(UInt8(ascii: ":")) else { throw error("a colon is missing") }
      skipBlanks()
      let start = place
      let value = try value()
      members.append(JSONMember(name: name, value: value, written: bytes[start..<place]))
    } while take(UInt8(ascii: ","))
    guard take(UInt8(ascii: "}")) else { throw error("a comma or } is missing") }
    return members
  }

  private mutating func elements() throws(JSONTextError) -> [JSONValue] {
    var elements: [JSONValue] = []
    if take(UInt8(ascii: "]")) { return elements }
    repeat { elements.append(try value()) } while take(UInt8(ascii: ","))
    guard take(UInt8(ascii: "]")) else { throw error("a comma or ] is missing") }
    return elements
  }

  private mutating func word(
    _ word: String, _ value: JSONValue
  ) throws(JSONTextError) -> JSONValue {
    guard bytes[place...].starts(with: word.utf8) else { throw error("no JSON value") }
    place += word.utf8.count
    return value
  }

  private mutating func number() throws(JSONTextError) -> String {
    let start = place
    if next == UInt8(ascii: "-") { place += 1 }
    let first = next
    guard digits() > 0, first != UInt8(ascii: "0") || !isDigitBehindZero(start) else {
      place = start
      throw error("no JSON value")
    }
    if next == UInt8(ascii: ".") {
      place += 1
      guard digits() > 0 else { throw error("a digit is missing") }
    }
    if next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
      place += 1
      if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { place += 1 }
      guard digits() > 0 else { throw error("a digit is missing") }
    }
    return String(decoding: bytes[start..<place], as: UTF8.self)
  }

  private func isDigitBehindZero(_ start: Int) -> Bool {
    let digits = bytes[start..<place].drop { $0 == UInt8(ascii: "-") }
    return digits.count > 1
  }

  private mutating func digits() -> Int {
    let start = place
    while let byte = next, (0x30...0x39).contains(byte) { place += 1 }
    return place - start
  }

  private mutating func string() throws(JSONTextError) -> String {
    place += 1
    var text: [UInt8] = []
    while let byte = next {
      place += 1
      switch byte {
      case UInt8(ascii: "\""):
        guard let string = String(validating: text, as: UTF8.self) else {
          throw error("a text that is no UTF-8")
        }
        return string
      case UInt8(ascii: "\\"): text += try escape().utf8
      case 0..<0x20:
        place -= 1
        throw error("a control character in a text")
      default: text.append(byte)
      }
    }
    throw error("a text that does not end")
  }

  private mutating func escape() throws(JSONTextError) -> String {
    guard let byte = next else { throw error("a text that does not end") }
    place += 1
    let simple: [UInt8: String] = [
      0x22: "\"", 0x5C: "\\", 0x2F: "/", 0x62: "\u{8}", 0x66: "\u{C}", 0x6E: "\n", 0x72: "\r",
      0x74: "\t",
    ]
    if let letter = simple[byte] { return letter }
    guard byte == UInt8(ascii: "u") else { throw error("no escape of JSON") }
    let unit = try codeUnit()
    guard (0xD800...0xDFFF).contains(unit) else {
      return Unicode.Scalar(unit).map { String(Character($0)) } ?? "\u{FFFD}"
    }
    // A surrogate needs its other half (RFC 8259 section 7).
    guard bytes[place...].starts(with: [0x5C, 0x75]), unit < 0xDC00 else {
      throw error("half a character")
    }
    place += 2
    let other = try codeUnit()
    guard (0xDC00...0xDFFF).contains(other),
      let scalar = Unicode.Scalar(0x10000 + ((unit - 0xD800) << 10) + (other - 0xDC00))
    else { throw error("half a character") }
    return String(Character(scalar))
  }

  private mutating func codeUnit() throws(JSONTextError) -> UInt32 {
    let digits = bytes[place...].prefix(4)
    guard digits.count == 4, digits.allSatisfy({ isHexDigit($0) }),
      let unit = UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
    else { throw error("four hexadecimal digits are missing") }
    place += 4
    return unit
  }

  private func isHexDigit(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x46, 0x61...0x66: true
    default: false
    }
  }
}
