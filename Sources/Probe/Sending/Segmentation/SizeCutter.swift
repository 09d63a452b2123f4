import SessionOptions

/// Cuts wire bytes at given offsets and into planned sizes; under TLS it sees ciphertext.
struct SizeCutter {
  private let sizes: [SegmentPlan.Size]
  /// What lies between two places has no size; a command was to be one segment, however long.
  private let restIsSizeless: Bool
  private var index = 0
  private var carried: [UInt8] = []

  init(plan: SegmentPlan) {
    switch plan {
    case .sizes(let sizes): self.sizes = sizes
    case .command, .crlf, .endOfData: sizes = [.rest]
    }
    restIsSizeless = plan != .command
  }

  /// The complete pieces of `bytes`, cut also after each offset in `cuts`.
  ///
  /// With `continues`, a last piece that is still too short waits for more; without, it is the
  /// flight's last piece, and the next flight starts with the first size again.
  mutating func cut(_ bytes: [UInt8], at cuts: [Int], continues: Bool) -> [CutPieces] {
    var pieces: [CutPieces] = []
    var start = 0
    for cut in cuts + [bytes.count] where cut > start {
      let isLast = cut == bytes.count
      pieces += cutBySize(bytes[start..<cut], continues: continues && isLast)
      start = cut
    }
    if !continues {
      if !carried.isEmpty { pieces.append(one(carried)) }
      carried = []
      index = 0
    }
    return pieces
  }

  private mutating func cutBySize(_ bytes: ArraySlice<UInt8>, continues: Bool) -> [CutPieces] {
    var rest = carried.isEmpty ? bytes : (carried + bytes)[...]
    carried = []
    var pieces: [CutPieces] = []
    while !rest.isEmpty, case .bytes(let size) = sizes[min(index, sizes.count - 1)],
      rest.count >= size
    {
      // The last size goes for all that follow.
      let number = index >= sizes.count - 1 ? rest.count / size : 1
      let taken = rest.prefix(number * size)
      pieces.append(CutPieces(bytes: Array(taken), size: size, isSizeless: false))
      rest = rest.dropFirst(taken.count)
      index += number
    }
    guard !rest.isEmpty else { return pieces }
    // The rest of a flight of unlimited size leaves as it comes; a short sized piece waits for more.
    if case .rest = sizes[min(index, sizes.count - 1)] {
      pieces.append(CutPieces(bytes: Array(rest), size: rest.count, isSizeless: restIsSizeless))
    } else if continues {
      carried = Array(rest)
    } else {
      pieces.append(one(Array(rest)))
    }
    return pieces
  }

  private func one(_ bytes: [UInt8]) -> CutPieces {
    CutPieces(bytes: bytes, size: bytes.count, isSizeless: false)
  }
}
