import CLinuxSocket

extension FuzzTarget {
  /// A name server's answer: records within their bounds, or a reason.
  ///
  /// The first byte chooses what was asked for.
  static let answers = FuzzTarget(name: "answers") { input in
    var choices = Choices(input)
    let type = choices.element(of: [
      WIRE_RECORD_A, WIRE_RECORD_AAAA, WIRE_RECORD_MX, WIRE_RECORD_TXT,
    ])
    let bytes = Array(choices.rest)
    guard let lookup = unsafe wire_lookup_of_answer(type, bytes, Int32(bytes.count)) else { return }
    defer { unsafe wire_lookup_release(lookup) }
    let alias = unsafe String(cString: wire_lookup_alias(lookup))
    require(isPlain(alias.utf8), alias)
    let isFound = unsafe wire_lookup_read_status(lookup) == WIRE_LOOKUP_FOUND
    var preference: UInt16 = 0
    var length: UInt16 = 0
    var count: UInt32 = 0
    while let text = unsafe wire_lookup_answer(lookup, count, &preference, &length) {
      count += 1
      let record = unsafe Array(UnsafeRawBufferPointer(start: text, count: Int(length)))
      require(record.count <= 1_024 && bytes.count > 12, "\(record.count) bytes of a record")
      switch type {
      case WIRE_RECORD_A: require(record.allSatisfy { $0 == 46 || isDigit($0) }, "\(record)")
      case WIRE_RECORD_AAAA: require(record.contains(58), "\(record)")
      case WIRE_RECORD_MX: require(!record.isEmpty && isPlain(record), "\(record)")
      default: break
      }
    }
    require(isFound == (count > 0), "\(count) records, and \(isFound)")
    if !isFound {
      let failure = unsafe wire_lookup_read_failure(lookup)
      let reason = unsafe String(cString: failure.name)
      require(["NO_DATA", "CNAME_LOOP", "MALFORMED"].contains(reason), reason)
    }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}
