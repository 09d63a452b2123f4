extension CompletionTable {
  /// For fish.
  package var fish: String {
    var lines = [
      "# fish completion for smtpprobe: made by `smtpprobe manual --completion fish`",
      "function __smtpprobe_command",
      "  set -l words (commandline -opc)",
      "  set -l command $words[2]",
      "  test \"$command\" = lab; and set command \"lab $words[3]\"",
      "  switch \"$command\"",
      "    case \(entries.map { quoted($0.name) }.joined(separator: " ")) 'lab '",
      "      echo $command",
      "    case '*'",
      "      echo probe",
      "  end",
      "end",
      "function __smtpprobe_is",
      "  test (__smtpprobe_command) = $argv[1]",
      "end",
      "complete -c smtpprobe -f",
    ]
    for name in commandNames {
      let abstract = entries.first { $0.name == name }?.abstract ?? "A group of commands."
      lines.append(
        "complete -c smtpprobe -n 'test (count (commandline -opc)) = 1' -a \(name) -d \(quoted(abstract))"
      )
    }
    lines.append(
      "complete -c smtpprobe -n '__smtpprobe_is \"lab \"' -xa \(quoted(subcommands(of: "lab")))")
    for entry in entries {
      let place = "complete -c smtpprobe -n \(quoted("__smtpprobe_is \"\(entry.name)\""))"
      for option in entry.options {
        let names = option.spellings.map { spelling in
          let name = spelling.drop { $0 == "-" }
          return spelling.hasPrefix("--") ? " -l \(name)" : " -s \(name)"
        }.joined()
        let value =
          switch values(of: option) {
          case .words(let words): " -xa \(quoted(words.joined(separator: " ")))"
          case .files: " -rF"
          case .unknown: option.value == nil ? "" : " -x"
          }
        lines.append(place + names + value + " -d " + quoted(option.help))
      }
      switch entry.operands {
      case .words(let words): lines.append(place + " -a " + quoted(words.joined(separator: " ")))
      case .files: lines.append(place + " -F")
      case .unknown: break
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func quoted(_ text: String) -> String {
    "'" + text.replacing("\\", with: "\\\\").replacing("'", with: "\\'") + "'"
  }
}
