import SessionTrace

/// The mend that names the phrase which misread `tokens` most likely meant, if any is near enough.
///
/// What stands at the places of a phrase says nothing about the author's intention, so the phrase is compared
/// with these filled in. Where the words fit and a place does not, the mend says what it takes.
func nearPhrase(_ tokens: [PhraseToken], among patterns: [String]) -> String? {
  let words = tokens.map(\.written)
  let text = words.joined(separator: " ").lowercased()
  let rated = patterns.map { pattern in
    let (filled, letters) = filling(pattern, with: words)
    let distance = editDistance(Array(text), Array(filled.lowercased()))
    return (distance: distance, limit: max(2, letters / 3), pattern: pattern)
  }
  guard let best = rated.filter({ $0.distance <= $0.limit }).min(by: { $0.distance < $1.distance })
  else { return nil }
  let question = "did you mean \"\(best.pattern)\"?"
  let places = best.distance == 0 ? placesExplained(best.pattern) : ""
  return places.isEmpty ? question : "\(question) \(places)"
}

/// The pattern with the author's words at its places, and how many letters of it are its own.
private func filling(_ pattern: String, with words: [String]) -> (text: String, letters: Int) {
  var filled: [String] = []
  var letters = 0
  for (index, part) in pattern.split(separator: " ").map(String.init).enumerated() {
    let word = index < words.count ? words[index] : ""
    if part == "REST" {
      filled += words.dropFirst(index)
    } else if placeMeanings[part] != nil {
      filled.append(word)
    } else {
      let choices = part.split(separator: "/").map(String.init)
      filled.append(choices.first { $0 == word } ?? choices[choices.count - 1])
      letters += part.count
    }
  }
  return (filled.joined(separator: " "), letters)
}

/// What may stand at the places of a pattern, one clause each.
private func placesExplained(_ pattern: String) -> String {
  pattern.split(separator: " ").map(String.init).reduce(into: [String]()) { clauses, part in
    guard let meaning = placeMeanings[part] else { return }
    let clause = "\(part) is \(meaning)"
    if !clauses.contains(clause) { clauses.append(clause) }
  }.joined(separator: ", ")
}

private let placeMeanings = [
  "N": "a number", "T": "a time such as 200ms or 2s", "TEXT": "bytes in quotation marks",
  "NAME": "one word", "REST": "the rest of the line", "PACKETS": "packets, such as SYNs",
]
