/// The entry of `known` that a misspelt `word` most likely meant, if any is near enough.
///
/// Near is a third of the word's length in edits (Levenshtein), at least two: enough for a slip of
/// the finger, too little to guess wildly.
package func nearMiss(_ word: String, among known: [String]) -> String? {
  let limit = max(2, word.count / 3)
  return
    known
    .map { (distance: editDistance(Array(word.lowercased()), Array($0.lowercased())), entry: $0) }
    .filter { $0.distance <= limit }
    .min { $0.distance < $1.distance }?
    .entry
}

/// `; did you mean mail?` for what is said of a misspelt word, empty where none is near enough.
package func suggestion(for word: String, among known: [String]) -> String {
  nearMiss(word, among: known).map { "; did you mean \($0)?" } ?? ""
}

/// Insertions, deletions and replacements that turn one text into the other.
package func editDistance(_ left: [Character], _ right: [Character]) -> Int {
  var row = Array(0...right.count)
  for (index, letter) in left.enumerated() {
    var diagonal = row[0]
    row[0] = index + 1
    for (column, other) in right.enumerated() {
      let replaced = diagonal + (letter == other ? 0 : 1)
      diagonal = row[column + 1]
      row[column + 1] = min(replaced, row[column] + 1, row[column + 1] + 1)
    }
  }
  return row[right.count]
}
