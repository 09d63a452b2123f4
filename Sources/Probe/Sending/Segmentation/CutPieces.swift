/// What a plan makes of a flight: a piece, or several of one size that lie side by side.
struct CutPieces: Equatable {
  var bytes: [UInt8]
  /// The length of each; the last of a flight may be shorter.
  var size: Int
  /// Whether the plan gave them no size, so that one may fill several segments.
  var isSizeless: Bool

  /// The lengths of the pieces.
  var lengths: [Int] {
    stride(from: 0, to: bytes.count, by: max(1, min(size, bytes.count)))
      .map { min(size, bytes.count - $0) }
  }
}
