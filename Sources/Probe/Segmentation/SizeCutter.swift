/// Cuts wire bytes at given offsets and into planned sizes; under TLS it sees ciphertext.
struct SizeCutter {
  private let sizes: [SegmentPlan.Size]
  private var index = 0
  private var carried: [UInt8] = []

  init(plan: SegmentPlan) {
    if case .sizes(let sizes) = plan {
      self.sizes = sizes
    } else {
      self.sizes = [.rest]
    }
  }

  /// The complete pieces of `bytes`, cut also after each offset in `cuts`.
  ///
  /// With `continues`, a last piece that is still too short waits for more; without, it is the
  /// flight's last piece, and the next flight starts with the first size again.
  mutating func cut(_ bytes: [UInt8], at cuts: [Int], continues: Bool) -> [[UInt8]] {
    var pieces: [[UInt8]] = []
    var start = 0
    for cut in cuts + [bytes.count] where cut > start {
      let isLast = cut == bytes.count
      pieces += cutBySize(bytes[start..<cut], continues: continues && isLast)
      start = cut
    }
    if !continues {
      if !carried.isEmpty { pieces.append(carried) }
      carried = []
      index = 0
    }
    return pieces
  }

  private mutating func cutBySize(_ bytes: ArraySlice<UInt8>, continues: Bool) -> [[UInt8]] {
    var rest = carried + bytes
    carried = []
    var pieces: [[UInt8]] = []
    var start = 0
    while start < rest.count {
      guard case .bytes(let size) = sizes[min(index, sizes.count - 1)] else { break }
      if rest.count - start < size { break }
      pieces.append(Array(rest[start..<(start + size)]))
      start += size
      index += 1
    }
    rest.removeFirst(start)
    guard !rest.isEmpty else { return pieces }
    // The rest of a flight of unlimited size leaves as it comes; a short sized piece waits for more.
    if case .rest = sizes[min(index, sizes.count - 1)] {
      pieces.append(rest)
    } else if continues {
      carried = rest
    } else {
      pieces.append(rest)
    }
    return pieces
  }
}
