/// An option of swaks that smtpprobe does not have, or not with the same value, and what it is here.
///
/// Those that mean the same under the same name (`--from`, `--quit-after`) are rows of ``OptionTable``.
package struct SwaksOption: Sendable {
  /// Whether a word behind it is its value.
  enum Argument: Sendable {
    case none
    case required
    /// Only a word of which this is true: a TARGET may stand there, which swaks does not have.
    case optional(@Sendable (String) -> Bool)
  }

  /// What becomes of it.
  enum Meaning: Sendable {
    /// These words mean the same.
    case words([String])
    /// The same value behind another option.
    case option(OptionRow)
    /// The same value as a TARGET, behind this prefix.
    case target(String)
    /// Words that depend on the value; the manual says it in this way.
    case read(String, @Sendable (_ value: String?) throws(OptionWordError) -> [String])
    /// It happens anyway, which this sentence says.
    case always(String)
    /// Nothing means the same; the sentence says what to do.
    case instead(String)
  }

  /// Names without hyphens; one hyphen or two may stand in front.
  package let names: [String]
  let argument: Argument
  let meaning: Meaning
  /// Where smtpprobe has the name too: whether the word behind it, which may be its value, shows that it is meant
  /// as swaks has it.
  private(set) var isMeant: @Sendable (_ next: String?) -> Bool = { _ in false }

  init(_ names: [String], argument: Argument = .none, _ meaning: Meaning) {
    self.names = names
    self.argument = argument
    self.meaning = meaning
  }

  /// The same row, for a name that smtpprobe has too.
  func meant(when isMeant: @escaping @Sendable (String?) -> Bool) -> SwaksOption {
    var row = self
    row.isMeant = isMeant
    return row
  }
}

extension SwaksOption {
  /// What the manual has beside it.
  package var advice: String {
    switch meaning {
    case .words(let words): "`\(words.joined(separator: " "))`"
    case .option(let row): "`\(row.flag)`"
    case .target(let prefix): "TARGET `\(prefix)…`"
    case .read(let sentence, _), .always(let sentence), .instead(let sentence): sentence
    }
  }

  /// The row that a spelling names; `--h-Subject` is a header by its own name.
  static func named(_ spelling: String) -> SwaksOption? {
    let name = spelling.drop { $0 == "-" }
    guard spelling.hasPrefix("-"), spelling.count - name.count <= 2 else { return nil }
    if name.hasPrefix("h-") || name.hasPrefix("header-") { return header }
    return byName[String(name)]
  }

  private static let byName: [String: SwaksOption] = Dictionary(
    all.flatMap { option in option.names.map { ($0, option) } }, uniquingKeysWith: { $1 })

  /// Whether a word behind it is its value.
  func takes(_ word: String?) -> Bool {
    guard let word, !word.hasPrefix("-") || word == "-" else { return false }
    return switch argument {
    case .none: false
    case .required: true
    case .optional(let isValue): isValue(word)
    }
  }

  /// What stands for it here.
  func words(with value: String?) throws(OptionWordError) -> [String] {
    switch meaning {
    case .words(let words): words
    case .option(let row): [row.flag] + (value.map { [$0] } ?? [])
    case .target(let prefix): value.map { [prefix + $0] } ?? []
    case .read(_, let read): try read(value)
    case .always: []
    case .instead(let sentence): throw OptionWordError(sentence)
    }
  }
}

/// The rows of the manual's table of swaks' options.
package func swaksReference() -> [String] {
  SwaksOption.all.map { option in
    let names = option.names.map { "`" + (isAbbreviation($0) ? "-" : "--") + $0 + "`" }
    return
      "| \(names.joined(separator: ", ")) | \(option.advice.replacing("|", with: "\\|")) |"
  }
}

/// Whether swaks' own manual page has one hyphen before it.
private func isAbbreviation(_ name: String) -> Bool {
  !name.contains("-") && (name.count <= 3 || name.hasPrefix("tls") || name == "dabsp")
}
