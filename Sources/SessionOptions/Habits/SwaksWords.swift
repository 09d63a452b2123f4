import SessionTrace

/// A command line as somebody types it who knows swaks.
package enum SwaksWords {
  /// The same command line in smtpprobe's words, where each of swaks' means the same as one here; the error names
  /// the word, and what to use instead.
  ///
  /// `commands` are first words behind which options of other kinds stand: such a command line stays as it is.
  package static func translated(
    _ words: [String], besides commands: [String] = []
  ) throws(OptionWordError) -> [String] {
    guard let first = words.first, !commands.contains(first) else { return words }
    var result: [String] = []
    var rest = words[...]
    while let word = rest.popFirst() {
      guard word.hasPrefix("-"), word != "-" else {
        result.append(word)
        continue
      }
      if word == "--" { return result + [word] + rest }
      let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let spelling = String(parts[0])
      var value = parts.count > 1 ? String(parts[1]) : nil
      let option = SwaksOption.named(spelling)
      if let own = ownSpelling(spelling, meant: option, next: value ?? rest.first) {
        result.append(own + (value.map { "=" + $0 } ?? ""))
        if value == nil, OptionTable.bySpelling[own]?.needsValue == true, let next = rest.popFirst()
        {
          result.append(next)
        }
        continue
      }
      if option == nil, isMistyped(spelling) { throw OptionWordError(unknown: spelling) }
      // -h asks for help, where nothing is behind it that it could greet with or nothing before it to be greeted.
      guard let option, spelling != "-h" || !result.isEmpty && option.takes(rest.first) else {
        result.append(word)
        continue
      }
      if value == nil, option.takes(rest.first) { value = rest.popFirst() }
      do throws(OptionWordError) { result += try option.words(with: value) } catch {
        throw OptionWordError("\(spelling) is swaks' way: \(error.description)")
      }
    }
    return result
  }

  /// Whether letters behind one hyphen are no option, and not all of them options of one letter either: read as those,
  /// they would take the word behind them, a password it may be, for the value of one, and repeat it.
  private static func isMistyped(_ spelling: String) -> Bool {
    let letters = spelling.dropFirst()
    return letters.count > 1 && letters.allSatisfy(\.isLetter)
      && !letters.allSatisfy { $0 == "h" || OptionTable.bySpelling["-\($0)"] != nil }
  }

  /// How smtpprobe spells an option of its own; swaks takes `-server` for `--server`.
  private static func ownSpelling(
    _ spelling: String, meant option: SwaksOption?, next: String?
  ) -> String? {
    if OptionTable.bySpelling[spelling] != nil {
      return option?.isMeant(next) == true ? nil : spelling
    }
    let long = "-" + spelling
    return option == nil && OptionTable.bySpelling[long] != nil ? long : nil
  }
}

extension OptionWordError {
  fileprivate init(unknown spelling: String) {
    let own = OptionTable.all.map(\.flag).filter { $0.count > 2 }
    self.init("\(spelling) is no option" + suggestion(for: "-" + spelling, among: own))
  }
}

extension OptionRow {
  /// Whether the word behind it is its value whatever that is.
  fileprivate var needsValue: Bool {
    switch shape {
    case .flag, .invertibleFlag: false
    case .value, .list: withoutValue == nil
    }
  }
}
