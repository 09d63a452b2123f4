/// smtpprobe(1), for `man`: what the tables of the tool know, and pages of the manual.
///
/// mdoc(7). The tool makes it itself, since the tables are in the tool: no paper can be older than what it tells of.
package func manPage(of tool: CommandPaper, version: String, date: String) -> String {
  var text = ManText()
  text.macro("Dd", date)
  text.macro("Dt SMTPPROBE 1")
  text.macro("Os")
  text.macro("Sh NAME")
  text.macro("Nm smtpprobe")
  text.macro("Nd shows where an SMTP delivery stalls, who has the bytes, and on what evidence")
  text.macro("Sh SYNOPSIS")
  let commands = tool.all.filter { $0.commands.isEmpty }
  for command in commands {
    text.macro("Nm")
    text.macro(command.name == "probe" ? "Op Cm probe" : "Cm " + ManText.word(command.name))
    for operand in command.operands where operand != "options" {
      text.macro("Ar", ManText.word(operand))
    }
    text.macro("Op Ar options")
  }
  text.macro("Sh DESCRIPTION")
  text.prose(
    "Without another command it runs one session with a mail server and says what stopped, at"
      + " which command, and who has the bytes that are missing.")
  text.macro("Pp")
  text.prose("No mail is delivered unless a message is asked for by `--data` or `--message-size`.")
  text.macro("Ss Targets")
  text.manual("targets")
  text.macro("Ss Commands")
  text.macro("Bl -tag -width Ds")
  for command in commands {
    text.macro("It Cm", ManText.word(command.name))
    text.prose(command.abstract)
  }
  text.macro("El")
  for command in commands where command.options.contains(where: { !$0.isHelp }) {
    text.macro("Sh", "OPTIONS OF " + command.name.uppercased())
    text.options(command.options.filter { !$0.isHelp })
  }
  text.macro("Sh ENVIRONMENT")
  text.manual("environment")
  text.macro("Sh EXIT STATUS")
  text.manual("exit-status")
  text.macro("Sh EXAMPLES")
  text.manual("quick-start")
  text.macro("Sh SEE ALSO")
  text.macro("Xr swaks 1 ,")
  text.macro("Xr tcpdump 8")
  text.macro("Pp")
  text.prose("The manual is in the tool: `smtpprobe manual` lists its pages.")
  text.prose("This page is of version \(version).")
  return text.lines.joined(separator: "\n") + "\n"
}

extension ManText {
  /// A page of the manual by its topic.
  fileprivate mutating func manual(_ topic: String) {
    if let page = ManualPage.page(on: topic) { self.page(page.text) }
  }

  /// By sections, where there are any.
  fileprivate mutating func options(_ options: [CommandPaper.Option]) {
    var sections: [String?] = []
    for option in options where !sections.contains(option.section) {
      sections.append(option.section)
    }
    for section in sections {
      if let section { macro("Ss", section) }
      macro("Bl -tag -width Ds")
      for option in options where option.section == section { self.option(option) }
      macro("El")
    }
  }

  private mutating func option(_ option: CommandPaper.Option) {
    let spellings = option.spellings.map { spelling in
      let name = spelling.drop { $0 == "-" }
      let hyphens = spelling.hasPrefix("--") ? "Fl \\-" : "Fl "
      let value = option.value.map { " Ar " + Self.word($0) } ?? ""
      return hyphens + name.replacing("-", with: "\\-") + value
    }
    macro("It", spellings.joined(separator: " , "))
    prose(option.help)
    if option.choices.contains(where: { !option.help.contains($0) }) {
      prose("One of " + option.choices.map { "`\($0)`" }.joined(separator: ", ") + ".")
    }
  }
}

extension CommandPaper.Option {
  /// Whether every command has it.
  var isHelp: Bool { spellings.contains("--help") || spellings.contains("--version") }
}
