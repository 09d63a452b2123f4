/// What may stand where on a command line: one table for every shell.
package struct CompletionTable: Sendable {
  /// What may stand in some place.
  package enum Values: Sendable, Equatable {
    /// Nothing that a shell could know.
    case unknown
    case files
    /// These; a name after `lab:` among them.
    case words([String])
  }

  /// A command as words: `lab serve`.
  struct Entry: Sendable {
    var name: String
    var abstract: String
    var options: [CommandPaper.Option]
    var operands: Values
  }

  var entries: [Entry] = []
  private let lists: [String: [String]]

  /// `lists` are values by what stands for them: of operands (`fixture`, `topic`) and of options (`status`).
  package init(of tool: CommandPaper, lists: [String: [String]]) {
    self.lists = lists
    entries = tool.all.filter { !$0.name.isEmpty && $0.commands.isEmpty }.map { command in
      Entry(
        name: command.name, abstract: command.abstract, options: command.options,
        operands: operandValues(command))
    }
    // What runs one session when nothing else is named is called by its options alone.
    let target = lists["target"] ?? []
    for index in entries.indices where ["sweep", "diagnose"].contains(entries[index].name) {
      // Those behind a TARGET are the session's.
      let probe = entries.first { $0.name == "probe" }?.options ?? []
      let own = Set(entries[index].options.flatMap(\.spellings))
      entries[index].options += probe.filter { own.isDisjoint(with: $0.spellings) }
      entries[index].operands = .words(target)
    }
  }

  private func operandValues(_ command: CommandPaper) -> Values {
    for operand in command.operands {
      if operand == "file" || operand == "first" { return .files }
      if let words = lists[operand] { return .words(words) }
    }
    return .unknown
  }

  /// The first words: commands, and those of a group (`lab`) with their second.
  var commandNames: [String] {
    var names: [String] = []
    for entry in entries {
      let first = String(entry.name.prefix { $0 != " " })
      if !names.contains(first) { names.append(first) }
    }
    return names
  }

  func values(of option: CommandPaper.Option) -> Values {
    guard let value = option.value else { return .unknown }
    if !option.choices.isEmpty { return .words(option.choices) }
    if let words = lists[String(option.spellings[0].dropFirst(2))] ?? lists[value] {
      return .words(words)
    }
    let isFile = ["file", "output", "log", "folder"].contains { value.contains($0) }
    return isFile ? .files : .unknown
  }
}
