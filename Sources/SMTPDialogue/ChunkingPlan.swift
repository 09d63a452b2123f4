package import SessionOptions

/// How a message is cut into chunks.
///
///     C: BDAT 65536              the bytes follow at once, as they are: no dot is doubled
///     S: 250 65536 octets received
///     C: BDAT 1464 LAST
///     S: 250 queued
///
/// Source: RFC 3030 section 2.
package struct ChunkingPlan: Equatable, Sendable {
  package var mode: ChunkingMode
  /// Bytes of each chunk; the last takes what is left. `nil`: the whole message where its size is
  /// known, else ``sizeForStreams``.
  package var size: Int?

  /// The size where neither the message's nor the chunks' is known, bytes: a pipe has to be read
  /// before BDAT can say how many bytes follow.
  package static let sizeForStreams = 65_536

  package init(mode: ChunkingMode = .off, size: Int? = nil) {
    self.mode = mode
    self.size = size
  }

  /// How many chunks a message of `total` bytes makes; an empty one makes one.
  package func count(of total: Int) -> Int {
    guard let size, size > 0, total > 0 else { return 1 }
    return (total - 1) / size + 1
  }

  /// The next chunk of a message of `total` bytes, of which `taken` have gone; empty for an empty one.
  package func chunk(of total: Int, after taken: Int) -> (size: Int, isLast: Bool) {
    let left = max(total - taken, 0)
    let next = min(size ?? left, left)
    return (next, next == left)
  }
}
