import SessionTrace

/// Words of a command line, taken apart: options by the table, and the words between them.
///
/// One stands in a report, perhaps of another version, or behind a target in a list: what cannot be read is kept
/// as it is, with the reason. A live command line is read by the argument parser, unless it ``isPlain``.
package struct OptionWords: Sendable {
  package private(set) var entries: [OptionEntry] = []
  /// TARGET, and what else is no option.
  package private(set) var operands: [String] = []
  /// Options that the table does not know, or with values that they do not take.
  package private(set) var unread: [String] = []
  /// Whether any parser would read them in this way: nothing is unread, no value is missing or looks like an
  /// option, and nothing is said twice that has one value.
  package private(set) var isPlain = true
  /// Why the first of those that are unread could not be read, and what would do; `nil` where all could.
  package private(set) var problem: String?
  /// All words but the operands.
  package private(set) var words: [String] = []

  package init(_ words: [String]) {
    var rest = words[...]
    while let word = rest.popFirst() {
      guard word.hasPrefix("-"), word != "-" else {
        operands.append(word)
        continue
      }
      let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let spelling = String(parts[0])
      guard let row = OptionTable.bySpelling[spelling] else {
        unread.append(word)
        self.words.append(word)
        note(unknownOption(spelling, among: OptionTable.bySpelling.keys.sorted()))
        continue
      }
      let isAgain = row.shape != .list && entries.contains { $0.row.name == row.name }
      if isAgain || parts.count > 1 && !word.hasPrefix("--") { isPlain = false }
      switch row.shape {
      case .flag, .invertibleFlag:
        if parts.count > 1 { isPlain = false }
        take([word]) { () throws(OptionWordError) in
          try row.entry(!spelling.hasPrefix("--no-"))
        }
      case .value where parts.count == 1 && row.withoutValue != nil:
        let entry = rest.first.flatMap { try? row.entry($0) }
        if entry == nil, rest.first?.hasPrefix("-") == false { isPlain = false }
        let value = entry == nil ? row.withoutValue ?? "" : rest.removeFirst()
        take([word, value]) { () throws(OptionWordError) in try row.entry(value) }
      case .value, .list:
        guard let value = parts.count > 1 ? String(parts[1]) : rest.popFirst() else {
          note("\(spelling) needs a value")
          self.words.append(word)
          continue
        }
        if parts.count == 1, value.hasPrefix("-"), value != "-" { isPlain = false }
        take(parts.count > 1 ? [word] : [word, value]) { () throws(OptionWordError) in
          try row.entry(value)
        }
      }
    }
  }

  /// What they ask for, in their order.
  package var options: SessionOptions {
    var options = SessionOptions()
    for entry in entries { entry.change(&options) }
    return options
  }

  private mutating func take(
    _ words: [String], _ entry: () throws(OptionWordError) -> OptionEntry
  ) {
    self.words += words
    do throws(OptionWordError) { entries.append(try entry()) } catch {
      unread += words
      note("\(words.joined(separator: " ")): \(error.description)")
    }
  }

  private mutating func note(_ problem: @autoclosure () -> String) {
    isPlain = false
    if self.problem == nil { self.problem = problem() }
  }
}

extension OptionWords {
  /// The same command line with a blank in place of `=` where an option may also stand alone: the argument parser
  /// takes `--auth=LOGIN` for `--auth`, and any mechanism would do.
  package static func standingApart(_ words: [String]) throws(OptionWordError) -> [String] {
    var result: [String] = []
    for (number, word) in words.enumerated() {
      guard word != "--" else { return result + words[number...] }
      let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count > 1, let row = OptionTable.bySpelling[String(parts[0])],
        row.withoutValue != nil
      else {
        result.append(word)
        continue
      }
      do throws(OptionWordError) { _ = try row.entry(String(parts[1])) } catch {
        throw OptionWordError("\(word): \(error.description)")
      }
      result += parts.map(String.init)
    }
    return result
  }
}

/// `no option --splt; did you mean --split?`
func unknownOption(_ word: String, among known: [String]) -> String {
  "no option \(word)" + suggestion(for: word, among: known)
}

extension SessionOptions {
  /// The words behind `smtpprobe` that ask for a session with these options at `target`; options about
  /// the report alone are none of them.
  package func commandLine(at target: String) -> [String] {
    [target] + OptionTable.all.flatMap { $0.words(self) }
  }

  /// The words of what these options have otherwise than others, as far as they have words for it.
  package func words(beside other: SessionOptions) -> [String] {
    OptionTable.all.flatMap { row in
      let words = row.words(self)
      return words == row.words(other) ? [] : words
    }
  }
}
