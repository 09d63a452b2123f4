extension Catalogue {
  /// The causes in which every one of these words stands, the best first.
  ///
  /// A word stands in a text when one of the text's words begins with it; case and punctuation do not
  /// matter. A hit in the name counts most, then the title, then what is seen, then the rest. Equals
  /// keep the order of the catalogue. No word at all finds nothing.
  /// `texts` are what else belongs to a cause: the names of the fixtures that show it.
  package static func search(_ words: String, with texts: [CauseID: [String]] = [:]) -> [Cause] {
    ranked(words, with: texts, needsEveryWord: true)
  }

  /// Causes that may have been meant by words that name none and find none, the likeliest first;
  /// at most five.
  ///
  /// A name is near when it shares many pairs of neighbouring letters with what was typed (Dice's
  /// coefficient): a slip of the finger, a missing half, or parts in another order leave most pairs.
  package static func suggestions(
    for words: String, with texts: [CauseID: [String]] = [:]
  ) -> [Cause] {
    let typed = pairs(words)
    let near = causes.map { cause in
      (cause: cause, nearness: cause.names.map { likeness(pairs($0), typed) }.max() ?? 0)
    }
    .filter { $0.nearness >= 0.4 }
    .enumerated().sorted {
      ($1.element.nearness, $0.offset) < ($0.element.nearness, $1.offset)
    }
    .map(\.element.cause)
    var seen: Set<CauseID> = []
    return (near + ranked(words, with: texts, needsEveryWord: false)).filter {
      seen.insert($0.id).inserted
    }
    .prefix(5).map { $0 }
  }

  private static func ranked(
    _ words: String, with texts: [CauseID: [String]], needsEveryWord: Bool
  ) -> [Cause] {
    let wanted = Set(catalogueWords(words))
    guard !wanted.isEmpty else { return [] }
    let hits = causes.compactMap { cause -> (cause: Cause, score: Int)? in
      let scores = wanted.map { cause.weight(of: $0, with: texts[cause.id] ?? []) }
      guard scores.contains(where: { $0 > 0 }), !needsEveryWord || !scores.contains(0) else {
        return nil
      }
      return (cause, scores.reduce(0, +))
    }
    return hits.enumerated().sorted {
      ($1.element.score, $0.offset) < ($0.element.score, $1.offset)
    }
    .map(\.element.cause)
  }

  /// Every two neighbouring letters or digits, sorted.
  private static func pairs(_ text: String) -> [String] {
    catalogueWords(text).flatMap { word in
      zip(word, word.dropFirst()).map { String([$0, $1]) }
    }.sorted()
  }

  /// Twice what two sorted lists have in common, by their length: 0 to 1.
  private static func likeness(_ left: [String], _ right: [String]) -> Double {
    guard !left.isEmpty, !right.isEmpty else { return 0 }
    var rest = right
    var common = 0
    for pair in left {
      guard let place = rest.firstIndex(of: pair) else { continue }
      rest.remove(at: place)
      common += 1
    }
    return Double(2 * common) / Double(left.count + right.count)
  }
}

extension Cause {
  /// What a hit of `word` is worth; 0 for none. A whole word is worth one more than a beginning.
  fileprivate func weight(of word: String, with others: [String]) -> Int {
    searchedTexts(with: others).map { texts, worth in
      let found = texts.flatMap(catalogueWords)
      return found.contains(word) ? worth + 1 : found.contains { $0.hasPrefix(word) } ? worth : 0
    }.max() ?? 0
  }

  private func searchedTexts(with others: [String]) -> [(texts: [String], worth: Int)] {
    let remedies = [remedies.exim, remedies.postfix, remedies.kernel, remedies.receiver].joined()
    return [
      (names, 8), ([title], 6), ([symptoms], 4),
      (
        [mechanism, experiment] + others + sources
          + remedies.flatMap { [$0.setting, $0.text].compactMap { $0 } }, 2
      ),
    ]
  }
}

/// The words of a text in lower case: runs of letters and digits.
private func catalogueWords(_ text: String) -> [String] {
  text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
}
