/// Writes `null` for an absent value, where the standard library would leave the key out.
///
/// The contract promises `null` where nothing is known, so that a reader of the report finds every
/// key. These declarations stand nearer than the standard library's of the same signatures, so the
/// compiler-made `encode(to:)` of every type in this module uses them. The standard library has one
/// for each primitive type, which would win over the generic one; hence the three beside it.
extension KeyedEncodingContainer {
  mutating func encodeIfPresent<Value: Encodable>(_ value: Value?, forKey key: Key) throws {
    if let value { try encode(value, forKey: key) } else { try encodeNil(forKey: key) }
  }

  mutating func encodeIfPresent(_ value: Int?, forKey key: Key) throws {
    if let value { try encode(value, forKey: key) } else { try encodeNil(forKey: key) }
  }

  mutating func encodeIfPresent(_ value: Int64?, forKey key: Key) throws {
    if let value { try encode(value, forKey: key) } else { try encodeNil(forKey: key) }
  }

  mutating func encodeIfPresent(_ value: String?, forKey key: Key) throws {
    if let value { try encode(value, forKey: key) } else { try encodeNil(forKey: key) }
  }

  mutating func encodeIfPresent(_ value: Bool?, forKey key: Key) throws {
    if let value { try encode(value, forKey: key) } else { try encodeNil(forKey: key) }
  }
}
