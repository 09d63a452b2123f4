/// One piece that a plan makes of a flight.
struct CutPiece: Equatable {
  var bytes: [UInt8]
  /// Whether the plan gave it no size, so that it may fill several segments.
  var isSizeless: Bool
}
