import Probe
import Synchronization
import SessionOptions

/// Counts how much of a message the session holds: taken from the source, not yet given to a kernel.
final class ContentGauge: Sendable {
  private struct Counts {
    var given = 0
    var mostHeld = 0
  }

  let size: Int
  private let counts = Mutex(Counts())
  private static let chunk = Array(
    repeating: [UInt8](repeating: 0x61, count: 1_022) + [0x0D, 0x0A], count: 64
  ).flatMap(\.self)

  init(size: Int) { self.size = size }

  var mostHeld: Int { counts.withLock { $0.mostHeld } }

  /// `taken` bytes of content, dots and all, have reached the kernel.
  func reached(_ taken: Int) {
    counts.withLock { $0.mostHeld = max($0.mostHeld, $0.given - taken) }
  }

  /// The next bytes of the message, at most `limit`.
  func give(_ limit: Int) -> [UInt8] {
    counts.withLock { counts in
      let count = min(limit, size - counts.given, ContentGauge.chunk.count)
      counts.given += count
      return Array(ContentGauge.chunk.prefix(count))
    }
  }

  func source() -> any ContentSource { Source(gauge: self) }

  private final class Source: ContentSource {
    private let gauge: ContentGauge

    init(gauge: ContentGauge) { self.gauge = gauge }

    func next(_ limit: Int) -> ContentChunk {
      let bytes = gauge.give(limit)
      return bytes.isEmpty ? .end : .bytes(bytes)
    }
  }
}
