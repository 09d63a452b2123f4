extension Catalogue {
  /// The entries in which every one of these words stands, the best first.
  ///
  /// A word stands in a text when one of the text's words begins with it; case and punctuation do not
  /// matter, nor does a space within a name: `ha proxy` is HAProxy, and `blackhole` a black hole. A hit
  /// in the name, or in what people call it, counts most, then the title, then what is seen, then the
  /// rest. Equals keep the order of the entries: what many sessions show first. No word at all finds
  /// nothing.
  /// `texts` are what else belongs to a cause: the names of the fixtures that show it.
  package static func search(_ words: String, with texts: [CauseID: [String]] = [:]) -> [Entry] {
    ranked(words, with: texts, needsEveryWord: true)
  }

  /// Entries that may have been meant by words that name none and find none, the likeliest first;
  /// at most five.
  ///
  /// A name is near when it shares many pairs of neighbouring letters with what was typed (Dice's
  /// coefficient): a slip of the finger, a missing half, or parts in another order leave most pairs.
  package static func suggestions(
    for words: String, with texts: [CauseID: [String]] = [:]
  ) -> [Entry] {
    let typed = pairs(words)
    let near = entries.map { entry in
      (entry: entry, nearness: entry.names.map { likeness(pairs($0), typed) }.max() ?? 0)
    }
    .filter { $0.nearness >= 0.4 }
    .enumerated().sorted {
      ($1.element.nearness, $0.offset) < ($0.element.nearness, $1.offset)
    }
    .map(\.element.entry)
    var seen: Set<CauseID> = []
    return (near + ranked(words, with: texts, needsEveryWord: false)).filter {
      seen.insert($0.id).inserted
    }
    .prefix(5).map { $0 }
  }

  private static func ranked(
    _ words: String, with texts: [CauseID: [String]], needsEveryWord: Bool
  ) -> [Entry] {
    let wanted = Array(catalogueWords(words).prefix(most))
    guard !wanted.isEmpty else { return [] }
    let hits = entries.compactMap { entry -> (entry: Entry, score: Int)? in
      let scores = entry.weights(of: wanted, with: texts[entry.id] ?? [])
      guard scores.contains(where: { $0 > 0 }), !needsEveryWord || !scores.contains(0) else {
        return nil
      }
      return (entry, scores.reduce(0, +))
    }
    return hits.enumerated().sorted {
      ($1.element.score, $0.offset) < ($0.element.score, $1.offset)
    }
    .map(\.element.entry)
  }

  /// The most words that are looked for: more are no search, and each is looked for in every text.
  private static let most = 64

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

extension Catalogue.Entry {
  /// Every word that names it, and what people call it.
  fileprivate var names: [String] {
    switch self {
    case .cause(let cause): cause.names + cause.alsoCalled
    case .remark(let remark): [remark.id.rawValue] + remark.alsoCalled
    }
  }

  /// What each of `words` is worth here; 0 for none. A whole word is worth one more than a beginning,
  /// and one that is a name only together with its neighbour is worth what the two are as one.
  fileprivate func weights(of words: [String], with others: [String]) -> [Int] {
    let texts = searchedTexts(with: others)
    var weights = words.map { word in texts.map { $0.weight(of: word) }.max() ?? 0 }
    for (index, pair) in zip(words, words.dropFirst()).enumerated() {
      let both = texts.map { $0.weight(of: pair.0 + pair.1) }.max() ?? 0
      for place in [index, index + 1] { weights[place] = max(weights[place], both) }
    }
    return weights
  }

  private func searchedTexts(with others: [String]) -> [SearchedText] {
    let names = SearchedText(names, worth: 8, joinsNeighbours: true)
    switch self {
    case .remark(let remark):
      return [
        names, SearchedText([remark.headline], worth: 6), SearchedText([remark.text], worth: 2),
      ]
    case .cause(let cause):
      let groups = cause.remedies
      let remedies = [groups.exim, groups.postfix, groups.kernel, groups.receiver].joined()
      return [
        names, SearchedText([cause.title], worth: 6), SearchedText([cause.symptoms], worth: 4),
        SearchedText(
          [cause.mechanism, cause.experiment] + others + cause.sources
            + remedies.flatMap { [$0.setting, $0.text].compactMap { $0 } }, worth: 2),
      ]
    }
  }
}

/// Texts that a word may stand in, and what it is worth there.
private struct SearchedText {
  private let words: [String]
  private let worth: Int

  /// With `joinsNeighbours`, two words that stand side by side count as one, too.
  init(_ texts: [String], worth: Int, joinsNeighbours: Bool = false) {
    words = texts.flatMap { text in
      let words = catalogueWords(text)
      return words + (joinsNeighbours ? zip(words, words.dropFirst()).map { $0 + $1 } : [])
    }
    self.worth = worth
  }

  func weight(of word: String) -> Int {
    words.contains(word) ? worth + 1 : words.contains { $0.hasPrefix(word) } ? worth : 0
  }
}

/// The words of a text in lower case: runs of letters and digits, apostrophes left out.
private func catalogueWords(_ text: String) -> [String] {
  text.lowercased().filter { $0 != "'" }.split { !$0.isLetter && !$0.isNumber }.map(String.init)
}
