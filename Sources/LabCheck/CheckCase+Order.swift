extension [CheckCase] {
  /// Results in the order of these cases, not in that in which they happened to end.
  func inOrder<Told>(_ results: [Told], id: (Told) -> String) -> [Told] {
    let places = Dictionary(
      enumerated().map { ($0.element.id, $0.offset) }, uniquingKeysWith: { first, _ in first })
    return results.sorted { places[id($0), default: 0] < places[id($1), default: 0] }
  }
}
