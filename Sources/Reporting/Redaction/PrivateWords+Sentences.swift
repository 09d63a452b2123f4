import SessionTrace

/// What our own sentences name, which may stand nowhere else: another exchanger, an alias, a file.
extension PrivateWords {
  /// Takes in what the sentence names.
  mutating func find(sentence: String) {
    // Where an option came from, as earlier builds said it: blanks may be in the path, and a line's number is last.
    if let place = sentence.firstRange(of: " is from /") {
      let path = sentence[sentence.index(before: place.upperBound)...]
      standIns.add(name: String(path[..<(path.lastIndex(of: ":") ?? path.endIndex)]))
    }
    // Behind an escape such as \x0A a word begins.
    let pieces = sentence.split(separator: #"\x"#, omittingEmptySubsequences: false).enumerated()
      .map { number, piece in number > 0 ? piece.dropFirst(2) : piece }
    let words = pieces.flatMap { $0.split { Self.ends.contains($0) } }.map { word in
      String(word.reversed().drop { ".:".contains($0) }.reversed())
    }
    for word in words {
      if word.hasPrefix("/"), word.contains(where: \.isLetter) {
        // The number of a line stands behind it.
        standIns.add(name: String(word.prefix { $0 != ":" }))
      } else if isAll {
        find(nameIn: word)
      }
    }
  }

  /// What stands round a name: nothing that a name, an address or a path of ours has in it.
  private static let ends = Set(" ,;()[]<>\"'=\\")

  /// A mail address, an address, or a host's name; a colon stands behind the kind of a target or in front of a port.
  private mutating func find(nameIn word: String) {
    if NumericAddress(word) != nil { return standIns.add(address: word) }
    for part in word.split(separator: ":").map(String.init) {
      if part.contains("@") {
        standIns.add(mailAddress: part)
      } else if NumericAddress(part) != nil {
        standIns.add(address: part)
      } else if isHostName(part) {
        add(server: part)
      }
    }
  }

  /// Labels of which the last is a domain's and no number, as the one of `1.5s` would be.
  private func isHostName(_ word: String) -> Bool {
    let labels = word.split(separator: ".", omittingEmptySubsequences: false)
    guard labels.count > 1, let last = labels.last, last.utf8.count > 1,
      last.allSatisfy({ $0.isLetter }) || last.hasPrefix("xn--")
    else { return false }
    return labels.allSatisfy { label in
      label == "*"
        || !label.isEmpty && label.utf8.allSatisfy { isWord($0) || "-_".utf8.contains($0) }
    }
  }
}
