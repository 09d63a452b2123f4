import FoundationEssentials

/// A value as a JSON document, keys sorted, ending in a line feed.
func jsonDocument(_ value: some Encodable) -> [UInt8] {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
  do {
    return [UInt8](try encoder.encode(value)) + [0x0A]
  } catch {
    // Integers, strings and nulls always have a JSON form; a fault of ours must still leave a document.
    return Array(#"{"schema_version": 1, "kind": "internal_error"}"#.utf8) + [0x0A]
  }
}
