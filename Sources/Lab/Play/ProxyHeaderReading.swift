/// What the first bytes of a connection are to a server that waits for a header of the PROXY protocol.
///
/// It reads no addresses: the lab's servers do nothing with them.
enum ProxyHeaderReading: Equatable {
  /// More has to come.
  case incomplete
  /// A header of so many bytes.
  case header(length: Int)
  /// Something else.
  case none

  /// Source: HAProxy, doc/proxy-protocol.txt, section 2.
  init(_ bytes: [UInt8]) {
    let signature: [UInt8] = [13, 10, 13, 10, 0, 13, 10, 0x51, 0x55, 0x49, 0x54, 10]
    let word = Array("PROXY ".utf8)
    if bytes.starts(with: signature) {
      guard bytes.count >= 16 else {
        self = .incomplete
        return
      }
      let length = 16 + Int(bytes[14]) << 8 + Int(bytes[15])
      self = bytes.count >= length ? .header(length: length) : .incomplete
    } else if bytes.starts(with: word) {
      let end = bytes.firstIndex(of: 10)
      self = end.map { .header(length: $0 + 1) } ?? (bytes.count < 107 ? .incomplete : .none)
    } else {
      let isPrefix = signature.starts(with: bytes) || word.starts(with: bytes)
      self = isPrefix ? .incomplete : .none
    }
  }
}
