package import Diagnosis

/// What became of a target of a scan: how its session ended, or why there was none.
package enum ScanStatus: Sendable, Hashable {
  case session(SessionStatus)
  /// All of its addresses are in networks that are left alone.
  case excluded
  /// No session could be made of its line any more: a message file is gone.
  case impossible

  /// Every one, in the order in which they are told.
  package static let all =
    SessionStatus.allCases.map(ScanStatus.session) + [.excluded, .impossible]

  private static let byWord = Dictionary(
    all.map { ($0.word, $0) }, uniquingKeysWith: { first, _ in first })

  /// `ok`, `stalled`, `excluded`.
  package var word: String {
    switch self {
    case .session(let status): status.rawValue
    case .excluded: "excluded"
    case .impossible: "impossible"
    }
  }

  package init?(word: some StringProtocol) {
    guard let status = Self.byWord[String(word)] else { return nil }
    self = status
  }
}

/// How many targets ended how.
package struct ScanTally: Sendable, Equatable {
  package private(set) var counts: [ScanStatus: Int] = [:]

  package init() {}

  package mutating func add(_ status: ScanStatus) { counts[status, default: 0] += 1 }

  /// Targets that are done with.
  package var done: Int { counts.values.reduce(0, +) }
  /// Sessions that ended well.
  package var ok: Int { counts[.session(.ok)] ?? 0 }
  /// The others, those that were left out among them.
  package var failed: Int { done - ok }

  /// Each status that there was, in their order.
  package var rows: [(status: ScanStatus, count: Int)] {
    ScanStatus.all.compactMap { status in counts[status].map { (status, $0) } }
  }

  /// `9 ok, 2 stalled`; `nothing` where there was none.
  package var text: String {
    let words = rows.map { "\($0.count) \($0.status.word)" }
    return words.isEmpty ? "nothing" : words.joined(separator: ", ")
  }
}
