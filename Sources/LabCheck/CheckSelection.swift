/// Which runs a user asked for.
///
/// A word that is an id, of a run or of a whole fixture, stands for that alone; any other word for
/// every run whose id contains it. Several words add up, and no word means every run.
package struct CheckSelection {
  package let words: [String]

  package init(_ words: [String]) { self.words = words }

  /// The chosen cases, in their own order, each once; a word without any is an error, because it is
  /// a typing error that would otherwise look like success.
  package func cases(of all: [CheckCase]) throws(NothingSelected) -> [CheckCase] {
    guard !words.isEmpty else { return all }
    var chosen: Set<String> = []
    for word in words {
      let ids = ids(of: all, for: word)
      guard !ids.isEmpty else { throw NothingSelected(word: word) }
      chosen.formUnion(ids)
    }
    return all.filter { chosen.contains($0.id) }
  }

  private func ids(of all: [CheckCase], for word: String) -> [String] {
    let exact = all.filter { $0.id == word || $0.fixture.id == word }
    return (exact.isEmpty ? all.filter { $0.id.contains(word) } : exact).map(\.id)
  }
}

/// A word that no run answers to.
package struct NothingSelected: Error, Equatable {
  package let word: String
}
