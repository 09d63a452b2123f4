package import SessionOptions

extension SweepOption {
  /// Gives the option that value; `recipients` are those that a sweep over their number repeats.
  package func set(_ value: Int, in options: inout SessionOptions, recipients: [String]) {
    switch self {
    case .envelopeSize: options.envelopeSize = value
    case .split: options.split = .sizes([.bytes(value)])
    case .messageSize: options.messageSize = value
    case .lineLength: options.lineLength = value
    case .clienthelloSize: options.clienthelloSize = value
    case .recipients:
      options.toFile = nil
      options.to = (0..<value).map { recipients[$0 % recipients.count] }
    }
  }
}

extension SweepOption {
  /// The option that takes one such value in a session; `nil` where there is none.
  package var row: OptionRow? {
    switch self {
    case .envelopeSize: .envelopeSize
    case .split: .split
    case .messageSize: .messageSize
    case .lineLength: .lineLength
    case .clienthelloSize: .clienthelloSize
    case .recipients: nil
    }
  }
}
