/// What an investigation is likely to ask for still.
extension Investigation {
  /// Each variation that stands open takes two or three sessions, and so does the control beside every few; a
  /// failure that nobody has met yet takes a few dozen, and no failure those that must pass.
  package var outlook: Int {
    guard let evidence else { return max(0, Self.passes - outcomes.count - 1) }
    let open = openVariations(on: evidence).count { evidence.experiments[$0]?.effect == nil }
    let turns = (open + width - 1) / width
    return min(limit - sessions, 2 * (open + turns) + 1)
  }
}
