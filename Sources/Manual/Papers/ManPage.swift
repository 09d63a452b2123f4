/// Every page for `man` by its name: smtpprobe, smtpprobe-lab.
package func manPages(
  of tool: CommandPaper, version: String, date: String
) -> [(name: String, text: String)] {
  [("smtpprobe", manPage(of: tool, version: version, date: date))]
    + tool.commands.map { command in
      (
        command.manPageName,
        manPage(of: command, beside: tool.commands, version: version, date: date)
      )
    }
}

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
    text.synopsis(of: command)
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
  for name in tool.commands.map(\.manPageName).sorted() { text.macro("Xr", name, "1 ,") }
  text.macro("Xr swaks 1 ,")
  text.macro("Xr tcpdump 8")
  text.macro("Pp")
  text.prose("The manual is in the tool: `smtpprobe manual` lists its pages.")
  text.prose("This page is of version \(version).")
  return text.lines.joined(separator: "\n") + "\n"
}

/// smtpprobe-lab(1): one command, with all below it.
private func manPage(
  of command: CommandPaper, beside commands: [CommandPaper], version: String, date: String
) -> String {
  let all = command.all.filter { $0.commands.isEmpty }
  var text = ManText()
  text.macro("Dd", date)
  text.macro("Dt", command.manPageName.uppercased(), "1")
  text.macro("Os")
  text.macro("Sh NAME")
  text.macro("Nm", command.manPageName)
  text.macro("Nd", ManText.line(command.abstract.withoutFullStop))
  text.macro("Sh SYNOPSIS")
  for one in all {
    text.macro("Nm smtpprobe")
    text.synopsis(of: one)
  }
  text.macro("Sh DESCRIPTION")
  text.discussion(command)
  for one in all where one.name != command.name {
    text.macro("Ss", ManText.line("smtpprobe " + one.name))
    text.discussion(one)
  }
  if ManualPage.page(on: command.name) != nil {
    text.macro("Ss From the manual")
    text.manual(command.name)
  }
  for one in all where one.options.contains(where: { !$0.isHelp }) {
    text.macro("Sh", "OPTIONS OF " + one.name.uppercased())
    text.options(one.options.filter { !$0.isHelp })
  }
  text.macro("Sh EXIT STATUS")
  text.manual("exit-status")
  text.macro("Sh SEE ALSO")
  text.macro("Xr smtpprobe 1 ,")
  let others = commands.filter { $0.name != command.name }.map(\.manPageName).sorted()
  for name in others { text.macro("Xr", name, name == others.last ? "1" : "1 ,") }
  text.macro("Pp")
  text.prose("This page is of version \(version).")
  return text.lines.joined(separator: "\n") + "\n"
}

extension CommandPaper {
  fileprivate var manPageName: String { "smtpprobe-" + name }
}

extension String {
  fileprivate var withoutFullStop: String { hasSuffix(".") ? String(dropLast()) : self }
}

extension ManText {
  /// How it is called, behind the tool's name.
  fileprivate mutating func synopsis(of command: CommandPaper) {
    macro(command.name == "probe" ? "Op Cm probe" : "Cm " + Self.word(command.name))
    for operand in command.operands where operand != "options" { macro("Ar", Self.word(operand)) }
    macro("Op Ar options")
  }

  /// What it says of itself: paragraphs, headings in capitals, and what is indented as it is.
  fileprivate mutating func discussion(_ command: CommandPaper) {
    prose(command.abstract)
    for paragraph in command.discussion.split(separator: "\n\n") {
      var lines = paragraph.split(separator: "\n").map(String.init)
      if let heading = lines.first, heading == heading.uppercased(), lines.count > 1 {
        macro("Pp")
        prose(heading.prefix(1) + heading.dropFirst().lowercased() + ":")
        lines.removeFirst()
      } else {
        macro("Pp")
      }
      let words = lines.prefix { !$0.hasPrefix("  ") }
      if !words.isEmpty { prose(words.joined(separator: " ")) }
      let rest = lines.dropFirst(words.count)
      if !rest.isEmpty { literal(rest.map { String($0.drop { $0 == " " }) }) }
    }
  }

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
