/// Reads the lengths of TLS records off ciphertext, cut anywhere; what they hold it does not know.
///
/// RFC 8446 section 5.1: a byte of type, two of version, two of length.
struct TLSRecordMeter: Sendable {
  /// Bytes of the record that is passing by.
  private var rest = 0
  private var header: [UInt8] = []

  /// The lengths, headers not counted, of the records that begin in these bytes.
  mutating func pass(_ bytes: [UInt8]) -> [Int] {
    var lengths: [Int] = []
    var bytes = bytes[...]
    while !bytes.isEmpty {
      if rest > 0 {
        let taken = min(rest, bytes.count)
        rest -= taken
        bytes = bytes.dropFirst(taken)
      } else {
        header.append(bytes.removeFirst())
        guard header.count == 5 else { continue }
        rest = Int(header[3]) << 8 | Int(header[4])
        lengths.append(rest)
        header = []
      }
    }
    return lengths
  }
}
