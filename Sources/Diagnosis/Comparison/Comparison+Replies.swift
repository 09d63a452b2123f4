import SessionTrace

extension SessionPair {
  /// What came back: codes, keywords, wording, order and arrival.
  var replies: [Difference] {
    var list = DifferenceList(.replies)
    for stage in Stage.allCases {
      let sides = (
        first.replies.filter { $0.stage == stage }, second.replies.filter { $0.stage == stage }
      )
      for (number, pair) in zip(sides.0, sides.1).enumerated() {
        let name =
          min(sides.0.count, sides.1.count) > 1 ? "\(stage.rawValue) \(number + 1)" : stage.rawValue
        compare(pair.0, pair.1, name: name, into: &list)
      }
      if sides.0.count != sides.1.count {
        list.compare("replies at \(stage.rawValue)", summary(sides.0), summary(sides.1))
      }
    }
    let stages = (first.replies.map(\.stage.rawValue), second.replies.map(\.stage.rawValue))
    if stages.0.sorted() == stages.1.sorted() {
      list.compare("order", runs(stages.0), runs(stages.1))
      list.compare("came with the one before", joined(first), joined(second), matters: false)
    }
    return list.differences
  }

  private func compare(
    _ left: ReplyRecord, _ right: ReplyRecord, name: String, into list: inout DifferenceList
  ) {
    if left.code != right.code || left.enhanced != right.enhanced {
      list.compare(name, left.line, right.line)
    } else if left.stage == .ehlo, left.keywords != right.keywords {
      list.compare(
        "\(name), keywords", left.keywords.subtracting(right.keywords).sorted().words,
        right.keywords.subtracting(left.keywords).sorted().words)
    } else if left.lines.count != right.lines.count {
      list.compare("\(name), lines", left.lines.count, right.lines.count)
    } else if let place = zip(left.lines, right.lines).enumerated().first(where: {
      withoutNumbers($1.0) != withoutNumbers($1.1)
    })?.offset {
      list.compare("\(name), wording", left.lines[place], right.lines[place], matters: false)
    }
    if left.cuts != right.cuts {
      list.compare(
        "\(name), arrival", left.arrival, right.arrival,
        matters: left.isCutInLine != right.isCutInLine)
    }
  }

  /// `24: 250 2.1.5 Ok`; `nil` for none.
  private func summary(_ replies: [ReplyRecord]) -> String? {
    replies.first.map { "\(replies.count): \($0.line)" + (replies.count > 1 ? ", ..." : "") }
  }

  /// The stages of replies that shared a read with the reply before.
  private func joined(_ trace: Trace) -> String? {
    zip(trace.replies, trace.replies.dropFirst())
      .filter { $1.firstRead < $0.firstRead &+ $0.reads.count }
      .map(\.1.stage.rawValue).words
  }

  private func runs(_ words: [String]) -> String {
    var text: [String] = []
    for (place, word) in words.enumerated() where place == 0 || words[place - 1] != word {
      text.append(word)
    }
    return text.joined(separator: " ")
  }
}

extension ReplyRecord {
  /// The last line with its code, as it decides.
  fileprivate var line: String { lastLineAsSent }

  /// What EHLO offers: the lines after the greeting.
  fileprivate var keywords: Set<String> { Set(lines.dropFirst().map { $0.uppercased() }) }

  fileprivate var arrival: String {
    cuts.isEmpty
      ? "1 read"
      : "\(reads.count) reads, cut " + Set(cuts).map(wordsForCut).sorted().joined(separator: ", ")
  }

  /// A cut that a client may stumble over.
  fileprivate var isCutInLine: Bool { cuts.contains { $0 == "in_line" || $0 == "inside_crlf" } }
}

extension [String] {
  /// The words in a row; `nil` for none.
  fileprivate var words: String? { isEmpty ? nil : joined(separator: " ") }
}

/// A line without what differs from session to session: queue ids, dates, addresses.
///
/// Every word that holds a digit, and every name of a weekday or a month, which stand in greetings.
private func withoutNumbers(_ line: String) -> [Substring] {
  let names = [
    "mon", "tue", "wed", "thu", "fri", "sat", "sun", "jan", "feb", "mar", "apr", "may", "jun",
    "jul", "aug", "sep", "oct", "nov", "dec",
  ]
  return line.split(separator: " ").map { word in
    let isDate = names.contains(word.lowercased().filter(\.isLetter))
    return isDate || word.contains(where: \.isNumber) ? "#" : word
  }
}
