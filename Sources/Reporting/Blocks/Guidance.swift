/// For a reader who knows mail and not this tool: what is the matter, what to do, and whom to write to.
package struct Guidance: Sendable, Equatable {
  /// One plain sentence, or two.
  package var sentence: Wording
  /// What to do, the first thing first.
  package var steps: [Wording]
  /// Whom to write to first, and what to send them; `nil` where nobody need be troubled.
  package var addressee: Wording?
}

/// Words of ours, with those of a trace among them.
package struct Wording: Sendable, Equatable, ExpressibleByStringInterpolation {
  /// Words by whose they are.
  package enum Part: Sendable, Equatable {
    case ours(String)
    /// Anybody's: a name, an address, a line of a server.
    case theirs(String)
  }

  package private(set) var parts: [Part]

  /// All of it in a row, for a sink that escapes everything alike.
  var text: String {
    parts.map { part in
      switch part {
      case .ours(let text), .theirs(let text): text
      }
    }.joined()
  }

  var isEmpty: Bool { text.isEmpty }

  static func + (left: Wording, right: Wording) -> Wording {
    var both = left
    both.parts += right.parts
    return both
  }

  package init(stringLiteral value: String) { parts = [.ours(value)] }

  package init(stringInterpolation: StringInterpolation) { parts = stringInterpolation.parts }

  /// Takes our own words as they are (`ours:`), and anybody's as a quotation.
  package struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var parts: [Part] = []

    package init(literalCapacity: Int, interpolationCount: Int) {}

    package mutating func appendLiteral(_ literal: String) {
      if !literal.isEmpty { parts.append(.ours(literal)) }
    }

    package mutating func appendInterpolation(_ theirs: String) { parts.append(.theirs(theirs)) }

    package mutating func appendInterpolation(ours: String) { appendLiteral(ours) }
  }
}
