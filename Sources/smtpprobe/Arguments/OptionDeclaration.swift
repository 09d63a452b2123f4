import ArgumentParser
import SessionOptions

/// How the rows of the table are declared to the argument parser: names, help and reading are theirs.
extension Option {
  /// The option of that row.
  init(_ row: OptionRow) where Value == OptionEntry? {
    if let usual = row.withoutValue, let entry = try? row.entry(usual) {
      self.init(
        name: row.parserNames, defaultAsFlag: entry, help: row.parserHelp,
        completion: row.completion, transform: { try row.entry($0) })
      return
    }
    self.init(
      name: row.parserNames, help: row.parserHelp, completion: row.completion,
      transform: { try row.entry($0) })
  }

  /// The option of that row, which may be given several times.
  init(wrappedValue: [OptionEntry], _ row: OptionRow) where Value == [OptionEntry] {
    self.init(
      wrappedValue: wrappedValue, name: row.parserNames, help: row.parserHelp,
      completion: row.completion, transform: { try row.entry($0) })
  }
}

extension Flag where Value == Bool {
  /// The flag of that row.
  init(wrappedValue: Bool, _ row: OptionRow) {
    self.init(wrappedValue: wrappedValue, name: row.parserNames, help: row.parserHelp)
  }
}

extension Flag where Value == Bool? {
  /// The flag of that row, which `--no-` denies.
  init(_ row: OptionRow) {
    self.init(name: row.parserNames, inversion: .prefixedNo, help: row.parserHelp)
  }
}

extension OptionRow {
  /// Every name of it.
  var parserNames: NameSpecification {
    NameSpecification(
      [name.count == 1 ? .customShort(Character(name)) : .customLong(name)]
        + (short.map { [.customShort($0)] } ?? []) + aliases.map { .customLong($0) })
  }

  /// The line of the help.
  var parserHelp: ArgumentHelp { ArgumentHelp(helpText, valueName: placeholder) }

  var completion: CompletionKind? { choices.isEmpty ? nil : .list(choices) }

  /// A flag as it was given; `nil` where it was not.
  func given(_ isOn: Bool?) -> OptionEntry? { isOn.flatMap { try? entry($0) } }

  /// A flag that can only be given.
  func given(_ isOn: Bool) -> OptionEntry? { isOn ? given(.some(true)) : nil }
}

extension Target: ExpressibleByArgument {
  /// What TARGET names.
  package init?(argument: String) { self.init(argument) }
}
