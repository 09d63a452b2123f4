/// The one option that a sweep varies; the raw values are its names in JSON.
package enum SweepOption: String, CaseIterable, Codable, Sendable {
  case envelopeSize = "envelope_size"
  case split
  case messageSize = "message_size"
  case lineLength = "line_length"
  case recipients
  case clienthelloSize = "clienthello_size"

  /// As typed: `--envelope-size`.
  package var flag: String { "--" + String(rawValue.map { $0 == "_" ? "-" : $0 }) }

  /// What one value of it is, for sentences: `envelope size`.
  package var noun: String {
    switch self {
    case .envelopeSize: "envelope size"
    case .split: "first segment size"
    case .messageSize: "message size"
    case .lineLength: "line length"
    case .recipients: "number of recipients"
    case .clienthelloSize: "ClientHello size"
    }
  }

  /// Whether a session of it needs a message, which is then delivered.
  package var needsMessage: Bool { self == .messageSize || self == .lineLength }

  /// The greatest value that a session can have.
  package var greatest: Int {
    switch self {
    case .envelopeSize, .split, .lineLength: 1 << 24
    case .messageSize: 1 << 30
    case .recipients: 100_000
    // One record: between it and two lie sizes that cannot be made.
    case .clienthelloSize: 16_389
    }
  }
}
