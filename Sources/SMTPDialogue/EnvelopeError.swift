import SessionTrace

/// Why an envelope cannot be sent as asked: the fault is in what we were given, never in the peer.
package enum EnvelopeError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The part of the envelope that is at fault.
  package enum Place: Equatable, Sendable {
    /// The name we give in EHLO.
    case helloName
    /// The reverse-path.
    case sender
    /// A forward-path, counted from 1 as given.
    case recipient(Int)
  }

  /// A byte that would end the command or the path it stands in; `offset` counts from 0.
  case forbiddenByte(UInt8, offset: Int, in: Place)
  /// More bytes than any server takes; `limit` is ours, far beyond that of RFC 5321.
  case tooLong(Int, limit: Int, in: Place)
  /// Nothing where something must stand.
  case empty(Place)
  /// No recipient at all.
  case noRecipients
  /// An envelope of `asked` bytes is smaller than the same envelope without padding.
  case sizeTooSmall(asked: Int, smallest: Int)

  package var description: String {
    switch self {
    case .forbiddenByte(_, _, let place), .tooLong(_, _, let place): "\(place) \(reason)"
    case .empty(let place): "\(place) \(reason)"
    case .noRecipients, .sizeTooSmall: reason
    }
  }

  /// The same without the place, for whoever has another name for that.
  package var reason: String {
    switch self {
    case .forbiddenByte(let byte, let offset, _):
      "holds \(escapedText([byte])) at byte \(offset), which cannot stand in a command"
    case .tooLong(let length, let limit, _):
      "has \(length) bytes; the most is \(limit)"
    case .empty:
      "is empty"
    case .noRecipients:
      "an envelope needs at least one recipient"
    case .sizeTooSmall(let asked, let smallest):
      "an envelope of \(asked) bytes cannot be made: the smallest with this sender and these "
        + "recipients has \(smallest)"
    }
  }
}

extension EnvelopeError.Place {
  /// The most bytes we take there.
  var limit: Int {
    switch self {
    case .helloName: Envelope.longestName
    case .sender, .recipient: Envelope.longestPath
    }
  }
}

extension EnvelopeError.Place: CustomStringConvertible {
  package var description: String {
    switch self {
    case .helloName: "the EHLO name"
    case .sender: "the sender"
    case .recipient(let number): "recipient \(number)"
    }
  }
}
