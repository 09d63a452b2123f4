extension CompletionTable {
  /// For zsh's completion system.
  package var zsh: String {
    var text = """
      #compdef smtpprobe
      # made by `smtpprobe manual --completion zsh`
      _smtpprobe() {
        local command=${words[2]} cur=${words[CURRENT]} prev=${words[CURRENT-1]}
        local -a candidates
        [[ $command == lab ]] && command="lab ${words[3]}"
        if (( CURRENT == 2 )) || [[ $command == "lab $cur" && CURRENT == 3 ]]; then command=; fi
        case $command in
          \(entries.map { quoted($0.name) }.joined(separator: "|"))) ;;
          *) [[ ${words[2]} == lab ]] && { candidates=(\(subcommands(of: "lab"))); compadd -a candidates; return }
             command=probe ;;
        esac
        if [[ $cur == --*=* ]]; then
          prev=${cur%%=*}
          compset -P '*='
        fi
        case $command:$prev in

      """
    for entry in entries {
      for option in entry.options {
        let places = option.spellings.map { quoted(entry.name + ":" + $0) }.joined(separator: "|")
        switch values(of: option) {
        case .words(let words):
          text +=
            "    \(places)) candidates=(\(words.map(quoted).joined(separator: " "))); compadd -a candidates; return ;;\n"
        case .files: text += "    \(places)) _files; return ;;\n"
        case .unknown: if option.value != nil { text += "    \(places)) return ;;\n" }
        }
      }
    }
    text += "  esac\n  case $command:$cur in\n"
    for entry in entries {
      let options = entry.options.flatMap { option in
        option.spellings.map { described($0, option.help) }
      }.joined(separator: " ")
      text +=
        "    \(quoted(entry.name + ":"))-*) candidates=(\(options)); _describe -o option candidates ;;\n"
      switch entry.operands {
      case .words(let words):
        if entry.name == "probe" {
          let names = commandNames.map { name in
            described(name, entries.first { $0.name == name }?.abstract ?? "A group of commands.")
          }.joined(separator: " ")
          text +=
            "    \"probe:\"*) (( CURRENT == 2 )) && { candidates=(\(names)); _describe command candidates }\n      candidates=(\(words.map(quoted).joined(separator: " "))); compadd -a candidates ;;\n"
        } else {
          text +=
            "    \(quoted(entry.name + ":"))*) candidates=(\(words.map(quoted).joined(separator: " "))); compadd -a candidates ;;\n"
        }
      case .files: text += "    \(quoted(entry.name + ":"))*) _files ;;\n"
      case .unknown: break
      }
    }
    return text + """
        esac
      }
      if [[ $funcstack[1] == _smtpprobe ]]; then _smtpprobe "$@"; else compdef _smtpprobe smtpprobe; fi

      """
  }

  private func quoted(_ text: String) -> String {
    "'" + text.replacing("'", with: "'\\''") + "'"
  }

  private func described(_ word: String, _ help: String) -> String {
    quoted(word.replacing(":", with: "\\:") + ":" + help)
  }
}
