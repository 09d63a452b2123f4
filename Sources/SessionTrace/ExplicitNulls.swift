/// Writes `null` for an absent value, where the standard library would leave the key out.
///
/// The contract promises `null` where nothing is known, so that a reader of the report finds every
/// key. Declarations of any other module win over those of the standard library with the same
/// signatures, so the compiler-made `encode(to:)` of every type in this module, and in every file that
/// imports it, uses them. The standard library has one
/// for each primitive type, which would win over the generic one; hence those beside it.
extension KeyedEncodingContainer {
  /// Writes the value, or `null`.
  package mutating func encodeIfPresent<Value: Encodable>(_ value: Value?, forKey key: Key) throws {
    if let value { try encode(value, forKey: key) } else { try encodeNil(forKey: key) }
  }

  /// The same for `Int`.
  package mutating func encodeIfPresent(_ value: Int?, forKey key: Key) throws {
    if let value { try encode(value, forKey: key) } else { try encodeNil(forKey: key) }
  }

  /// The same for `Int64`.
  package mutating func encodeIfPresent(_ value: Int64?, forKey key: Key) throws {
    if let value { try encode(value, forKey: key) } else { try encodeNil(forKey: key) }
  }

  /// The same for `Double`.
  package mutating func encodeIfPresent(_ value: Double?, forKey key: Key) throws {
    if let value { try encode(value, forKey: key) } else { try encodeNil(forKey: key) }
  }

  /// The same for `String`.
  package mutating func encodeIfPresent(_ value: String?, forKey key: Key) throws {
    if let value { try encode(value, forKey: key) } else { try encodeNil(forKey: key) }
  }

  /// The same for `Bool`.
  package mutating func encodeIfPresent(_ value: Bool?, forKey key: Key) throws {
    if let value { try encode(value, forKey: key) } else { try encodeNil(forKey: key) }
  }
}
