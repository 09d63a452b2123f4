import SessionOptions

/// Finds the places to cut by what the bytes say: command ends, CR|LF, the end of data.
///
/// It sees clear text, before TLS. Content streams through in chunks, so bytes that may turn out to
/// be part of a place (a last CR, the last five bytes) are kept back until the next chunk.
struct PlaceMarker {
  private let plan: SegmentPlan
  private var held: [UInt8] = []

  init(plan: SegmentPlan) { self.plan = plan }

  /// Bytes that may go on, and the offsets in them after which to cut.
  ///
  /// `commandEnds` are offsets in `bytes`; `continues` says that the flight has more to come.
  mutating func mark(
    _ bytes: [UInt8], commandEnds: [Int], continues: Bool
  ) -> (ready: [UInt8], cuts: [Int]) {
    switch plan {
    case .sizes: return (bytes, [])
    case .command: return (bytes, commandEnds)
    case .crlf: return markLineEnds(bytes, continues: continues)
    case .endOfData(let position):
      var ready = held + bytes
      if continues {
        held = Array(ready.suffix(5))
        ready.removeLast(held.count)
        return (ready, [])
      }
      held = []
      let cut = ready.count - 5 + position
      return (ready, ready.suffix(5) == [0x0D, 0x0A, 0x2E, 0x0D, 0x0A] ? [cut] : [])
    }
  }

  private mutating func markLineEnds(
    _ bytes: [UInt8], continues: Bool
  ) -> (ready: [UInt8], cuts: [Int]) {
    var ready = held + bytes
    held = []
    if continues, ready.last == 0x0D {
      held = [0x0D]
      ready.removeLast()
    }
    let cuts = ready.indices.dropFirst().filter { ready[$0] == 0x0A && ready[$0 - 1] == 0x0D }
    return (ready, cuts)
  }
}
