/// How each flight is cut into TCP segments: the value of `--split`.
package enum SegmentPlan: Sendable, Equatable {
  /// Sizes in turn; the last is repeated. `513`, `100,1,rest`.
  case sizes([Size])
  /// One command a segment.
  case command
  /// Between the CR and the LF of every line.
  case crlf
  /// Inside `CR LF . CR LF` that ends the data: after this many of the five bytes, 1 to 4.
  case endOfData(Int)

  package enum Size: Sendable, Equatable {
    case bytes(Int)
    /// All that is left of the flight.
    case rest
  }

  /// Size of the first piece, where the plan has sizes: what an envelope is padded to fill.
  package var firstSize: Int? {
    guard case .sizes(let sizes) = self, case .bytes(let first)? = sizes.first else { return nil }
    return first
  }
}

extension SegmentPlan: OptionWord {
  package init(option text: String) throws(OptionWordError) {
    switch text {
    case "command": self = .command
    case "crlf": self = .crlf
    default:
      if text.hasPrefix("dot:") {
        guard let position = Int(text.dropFirst(4)), (1...4).contains(position) else {
          throw OptionWordError("'\(text)' is no segment plan; write dot:1, dot:2, dot:3 or dot:4")
        }
        self = .endOfData(position)
      } else {
        self = .sizes(try SegmentPlan.sizes(text))
      }
    }
  }

  private static func sizes(_ text: String) throws(OptionWordError) -> [Size] {
    var sizes: [Size] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      if sizes.last == .rest {
        throw OptionWordError("'\(part)' is no segment plan; write 'rest' as the last part")
      } else if part == "rest" {
        sizes.append(.rest)
      } else if let size = Int(part), size > 0, size <= 1 << 24 {
        sizes.append(.bytes(size))
      } else {
        throw OptionWordError(
          "'\(part)' is no segment plan; write sizes such as 513 or 100,1,rest, or command, crlf,"
            + " dot:1..4")
      }
    }
    return sizes
  }

  package var optionText: String {
    switch self {
    case .command: "command"
    case .crlf: "crlf"
    case .endOfData(let position): "dot:\(position)"
    case .sizes(let sizes):
      sizes.map { size in
        switch size {
        case .bytes(let count): String(count)
        case .rest: "rest"
        }
      }.joined(separator: ",")
    }
  }
}
