/// Tells from the first bytes of a peer whether it speaks TLS at all.
///
/// A server that answers a ClientHello with `500 what?` is a finding, and the bytes are the evidence:
/// GnuTLS would only say that a packet has an unexpected length.
struct FirstRecordCheck {
  /// What the bytes so far allow.
  enum Finding: Equatable {
    /// They may be, or are, the header of a handshake or alert record.
    case plausible
    /// They are not; the bytes, at most ``FirstRecordCheck/evidenceLength``.
    case noTLS([UInt8])
  }

  /// How many bytes are kept to show.
  static let evidenceLength = 16

  /// The first bytes seen, at most ``evidenceLength``.
  private(set) var firstBytes: [UInt8] = []

  /// Looks at the next bytes of the stream; all but the first few are ignored.
  mutating func receive(_ bytes: [UInt8]) -> Finding {
    if firstBytes.count == Self.evidenceLength { return .plausible }
    firstBytes += bytes.prefix(Self.evidenceLength - firstBytes.count)
    return isPlausible ? .plausible : .noTLS(firstBytes)
  }

  /// Type, major and minor version, length (RFC 8446 section 5.1; a record of TLS 1.2 may exceed its
  /// plaintext by 2048).
  private var isPlausible: Bool {
    for (index, byte) in firstBytes.prefix(RecordSpan.recordHeaderLength).enumerated() {
      switch index {
      case 0: if byte != alertType && byte != handshakeType { return false }
      case 1: if byte != 3 { return false }
      case 2: if byte > 4 { return false }
      case 3: if Int(byte) > (16384 + 2048) >> 8 { return false }
      default: return true
      }
    }
    return true
  }
}

private let alertType: UInt8 = 21
private let handshakeType: UInt8 = 22
