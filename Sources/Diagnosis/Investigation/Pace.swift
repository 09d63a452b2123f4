package import SessionTrace

/// How long sessions of a diagnosis wait for what may never come, by how long everything took that came.
///
/// Healthy replies take milliseconds, and a diagnosis has dozens of silences to sit out. The first session
/// waits as long as its user says, and sessions with more patience longer; the others wait long enough for
/// whatever was slowest anywhere, several times over. When something slower comes to light, what was given up
/// sooner than it asks for counts no more.
package struct Pace: Sendable {
  /// The longest that anything took which came.
  package private(set) var slowest: Microseconds = 0
  /// The same of acknowledgements; the time in our own queue is part of it.
  private var slowestAcknowledged: Microseconds = 0
  private var hasReplies = false
  /// How long the user waits.
  package let patience: Microseconds

  /// So many times the slowest that came, where that was quick; a second or more is what a lost segment costs,
  /// rather than the server's pace, and less of a margin is safe.
  private static let margin: Microseconds = 10
  private static let marginOfSlow: Microseconds = 4
  private static let enough = Microseconds.seconds(5)
  private static let marginOfAcknowledgements: Microseconds = 5
  /// Behind a reply: a segment that is lost was sent again four times by then (RFC 6298).
  private static let least = Microseconds.seconds(3)
  /// Where the server has said nothing yet: a resolver's timeout, or a pause before the greeting, goes by.
  private static let leastUnknown = Microseconds.seconds(7)

  /// The most that a session of a diagnosis takes where its user sets no bound: four waits in vain, and two
  /// minutes at least.
  package static func longestSession(patience: Microseconds) -> Microseconds {
    max(.seconds(120), 4 * patience)
  }

  /// The same where sessions are known to crawl.
  static let crawling = Microseconds.seconds(20)

  init(patience: Microseconds) { self.patience = patience }

  /// The pace of the same server, where another wait is usual.
  func behind(patience: Microseconds) -> Pace {
    var pace = Pace(patience: patience)
    (pace.slowest, pace.hasReplies) = (slowest, hasReplies)
    pace.slowestAcknowledged = slowestAcknowledged
    return pace
  }

  /// How long a reply must have stayed away to count as missing.
  package var wait: Microseconds {
    let least = hasReplies ? Self.least : Self.leastUnknown
    let replies = min(slowest * Self.margin, max(Self.enough, slowest * Self.marginOfSlow))
    let acknowledgements = min(
      slowestAcknowledged * Self.marginOfAcknowledgements,
      max(Self.enough, slowestAcknowledged * Self.marginOfSlow))
    return min(patience, max(least, replies, acknowledgements))
  }

  /// Takes into account what came in a session.
  mutating func take(_ trace: Trace) {
    if !trace.replies.isEmpty { hasReplies = true }
    // That it has waited long enough for us is no pace of the server's.
    let timeout = trace.serverTimeout
    let replies = trace.replies.filter { $0.wasDue && $0 != timeout }.map(\.wait).max() ?? 0
    let handshakes = trace.stages.filter { $0.name == .tls }.compactMap(\.duration).max() ?? 0
    let acknowledgements =
      trace.segments.kept.compactMap { segment in
        segment.acknowledged.map { $0 - segment.written }
      }.max() ?? 0
    slowest = max(slowest, replies, handshakes)
    slowestAcknowledged = max(slowestAcknowledged, acknowledgements)
  }
}

extension Control {
  /// Whether it failed since we waited no longer.
  var isGivenUp: Bool { trace.isGivenUp && (status == .stalled || status == .unreachable) }
}

extension Trace {
  /// Whether it ended because we waited no longer.
  var isGivenUp: Bool {
    switch ending {
    case .timedOut(let wait): wait != .total
    case .unreachable(let failure): failure?.name == "ETIMEDOUT"
    case .finished, .endOfStream, .failed, .tlsFailed, .notAuthenticated, .protocolError,
      .interrupted, .internalError:
      false
    }
  }

  /// Whether both were given up in the same place: at the same stage, with as much of it answered.
  func isGivenUp(like other: Trace) -> Bool {
    isGivenUp && ending == other.ending && endingStage == other.endingStage
      && answers(in: endingStage) == other.answers(in: endingStage)
      && (partialReply == nil) == (other.partialReply == nil)
  }

  private func answers(in stage: Stage) -> Int { replies.count { $0.stage == stage } }
}
