/// The segments of a session in bounded memory: the first ones, the last ones, and a count between.
///
/// A message of 10 GiB must not need more memory than one of 1 KiB, and what explains a stall stands
/// at the start (the envelope) or at the end (where it stopped). A report from elsewhere is read into the
/// same bound.
package struct SegmentLog: Codable, Sendable, Equatable {
  /// The first segments, in order.
  package private(set) var head: [SegmentRecord] = []
  /// How many between `head` and `tail` were dropped.
  package private(set) var omitted = 0
  private var ring: [SegmentRecord] = []
  private var oldest = 0
  private var bound: Int

  /// A log that keeps `bound` segments at either end.
  package init(bound: Int = 2048) { self.bound = bound }

  /// The last segments, in order; empty while everything fits in `head`.
  package var tail: [SegmentRecord] { Array(ring[oldest...] + ring[..<oldest]) }

  /// All that is kept, in order.
  package var kept: [SegmentRecord] { head + tail }

  /// How many were appended.
  package var count: Int { head.count + omitted + ring.count }

  package mutating func append(_ segment: SegmentRecord) {
    if head.count < bound {
      head.append(segment)
    } else if ring.count < bound {
      ring.append(segment)
    } else {
      ring[oldest] = segment
      oldest = (oldest + 1) % bound
      omitted += 1
    }
  }

  /// Applies `change` to every kept segment from the newest back, until it says to stop.
  package mutating func updateFromNewest(_ change: (inout SegmentRecord) -> Bool) {
    for step in 0..<ring.count {
      let index = (oldest + ring.count - 1 - step) % ring.count
      guard change(&ring[index]) else { return }
    }
    for index in head.indices.reversed() {
      guard change(&head[index]) else { return }
    }
  }

  /// Two logs are the same when they say the same; how much each could hold is no part of it.
  package static func == (left: SegmentLog, right: SegmentLog) -> Bool { left.kept == right.kept }

  package init(from decoder: any Decoder) throws {
    let kept = try decoder.singleValueContainer().decode([SegmentRecord].self)
    self.init()
    for segment in kept { append(segment) }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(kept)
  }
}
