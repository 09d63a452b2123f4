/// A JSON value (RFC 8259) as it was written: numbers keep their digits, members their order.
package indirect enum JSONValue: Sendable, Equatable {
  case null
  case flag(Bool)
  case number(String)
  case text(String)
  case list([JSONValue])
  case object([JSONMember])

  /// Reads a document; the error says what is wrong, and where.
  package init(_ bytes: ArraySlice<UInt8>) throws(JSONTextError) {
    var reader = JSONReader(bytes)
    self = try reader.document()
  }

  /// The value on one line, in plain ASCII.
  package var written: [UInt8] {
    switch self {
    case .null: Array("null".utf8)
    case .flag(let flag): Array(String(flag).utf8)
    case .number(let digits): Array(digits.utf8)
    case .text(let text): jsonText(text)
    case .list(let values):
      Array("[".utf8) + values.map(\.written).joined(separator: [0x2C]) + [UInt8(ascii: "]")]
    case .object(let members):
      Array("{".utf8)
        + members.map { jsonText($0.name) + [0x3A] + $0.value.written }.joined(separator: [0x2C])
        + [UInt8(ascii: "}")]
    }
  }

  /// The value of an object's member; `nil` where there is none.
  package subscript(name: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.name == name }?.value
  }

  /// A text; `nil` for anything else.
  package var text: String? { if case .text(let text) = self { text } else { nil } }
  /// The elements of a list; none for anything else.
  package var elements: [JSONValue] { if case .list(let elements) = self { elements } else { [] } }
  /// Whether it is `true`.
  package var isTrue: Bool { self == .flag(true) }
  /// A whole number; `nil` for anything else.
  package var integer: Int? { if case .number(let digits) = self { Int(digits) } else { nil } }
}

/// A member of an object.
package struct JSONMember: Sendable, Equatable {
  package var name: String
  package var value: JSONValue
  /// The bytes of the value.
  package var written: ArraySlice<UInt8>
}

/// Why bytes are no JSON.
package struct JSONTextError: Error, Sendable, Equatable {
  /// Without a full stop.
  package var problem: String
  /// Counted from 1.
  package var column: Int
}
