/// A command of the tool as papers show it: its names, options and what they take.
package struct CommandPaper: Sendable {
  /// An option with its value, or a flag.
  package struct Option: Sendable {
    /// `--ehlo`, `--helo`, `-f`.
    package var spellings: [String]
    /// What stands for its value; `nil` for a flag.
    package var value: String?
    package var section: String?
    /// One line, a sentence.
    package var help: String
    /// All values, where they can be listed.
    package var choices: [String]

    package init(
      spellings: [String], value: String?, section: String?, help: String, choices: [String]
    ) {
      self.spellings = spellings
      self.value = value
      self.section = section
      self.help = help
      self.choices = choices
    }
  }

  /// Behind `smtpprobe`: `lab serve`; empty for the tool itself.
  package var name: String
  package var abstract: String
  /// More about it, wrapped by hand; examples, perhaps.
  package var discussion: String
  package var options: [Option]
  /// What it takes besides options, in its order.
  package var operands: [String]
  package var commands: [CommandPaper]

  package init(
    name: String, abstract: String, discussion: String, options: [Option], operands: [String],
    commands: [CommandPaper]
  ) {
    self.name = name
    self.abstract = abstract
    self.discussion = discussion
    self.options = options
    self.operands = operands
    self.commands = commands
  }

  /// It, and all below it that do something themselves, in their order.
  package var all: [CommandPaper] { [self] + commands.flatMap(\.all) }
}
