package import SessionTrace

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

  /// Reads the option's value; the error says which part is wrong and what would do.
  package init(_ text: String) throws(SegmentPlanError) {
    switch text {
    case "command": self = .command
    case "crlf": self = .crlf
    default:
      if text.hasPrefix("dot:") {
        guard let position = Int(text.dropFirst(4)), (1...4).contains(position) else {
          throw SegmentPlanError(part: text, mend: "dot:1, dot:2, dot:3 or dot:4")
        }
        self = .endOfData(position)
      } else {
        self = .sizes(try SegmentPlan.sizes(text))
      }
    }
  }

  private static func sizes(_ text: String) throws(SegmentPlanError) -> [Size] {
    var sizes: [Size] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      if sizes.last == .rest {
        throw SegmentPlanError(part: String(part), mend: "'rest' as the last part")
      } else if part == "rest" {
        sizes.append(.rest)
      } else if let size = Int(part), size > 0, size <= 1 << 24 {
        sizes.append(.bytes(size))
      } else {
        throw SegmentPlanError(
          part: String(part), mend: "sizes such as 513 or 100,1,rest, or command, crlf, dot:1..4")
      }
    }
    return sizes
  }

  /// Size of the first piece, where the plan has sizes: what an envelope is padded to fill.
  package var firstSize: Int? {
    guard case .sizes(let sizes) = self, case .bytes(let first)? = sizes.first else { return nil }
    return first
  }
}

/// A `--split` value that cannot be read.
package struct SegmentPlanError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The part that is wrong.
  package var part: String
  /// What would do instead.
  package var mend: String

  package var description: String { "'\(part)' is no segment plan; write \(mend)" }
}

/// A segment plan, where it applies and how its pieces are paced.
package struct Segmentation: Sendable, Equatable {
  /// The value of `--split-stage`.
  package enum Scope: String, Sendable, CaseIterable {
    case envelope, tls, data, all
  }

  /// The value of `--split-delay`.
  package enum Pacing: Sendable, Equatable {
    case none
    case delay(Microseconds)
    /// Each piece waits until the one before is acknowledged.
    case acknowledged
  }

  package var plan: SegmentPlan
  package var scope = Scope.all
  package var pacing = Pacing.none

  package init(plan: SegmentPlan) { self.plan = plan }

  /// Whether flights of `stage` are cut.
  package func applies(to stage: Stage) -> Bool {
    switch scope {
    case .all: true
    case .tls: stage == .tls
    case .data: stage == .body || stage == .dot
    case .envelope: stage != .tls && stage != .body && stage != .dot
    }
  }
}
