extension CompletionTable {
  /// For bash, with its completions or without.
  ///
  /// bash parts words at `:` and `=`, and puts what is chosen behind the last of them.
  package var bash: String {
    var text = """
      # bash completion for smtpprobe: made by `smtpprobe manual --completion bash`
      _smtpprobe() {
        local line=${COMP_LINE:0:COMP_POINT} cur= prev command candidates= files= words
        read -ra words <<<"$line"
        case $line in *[[:space:]]) ;; *) cur=${words[-1]}; unset 'words[-1]' ;; esac
        prev=${words[-1]}
        case $cur in --*=*) prev=${cur%%=*} cur=${cur#*=} ;; esac
        command=${words[1]-}
        [ "$command" = lab ] && command="lab ${words[2]-}"
        case $command in
          \(entries.map { pattern($0.name) }.joined(separator: "|"))) ;;
          "lab "*) candidates="\(subcommands(of: "lab"))" ;;
          *) command=probe ;;
        esac
        case $command:$prev in

      """
    for entry in entries {
      for option in entry.options {
        let places = option.spellings.map { pattern(entry.name + ":" + $0) }
          .joined(separator: "|")
        switch values(of: option) {
        case .words(let words):
          text += "    \(places)) candidates=\"\(words.joined(separator: " "))\" ;;\n"
        case .files: text += "    \(places)) files=1 ;;\n"
        case .unknown: if option.value != nil { text += "    \(places)) return ;;\n" }
        }
      }
    }
    text += "    *) case $command:$cur in\n"
    for entry in entries {
      let options = entry.options.flatMap(\.spellings).joined(separator: " ")
      text += "      \(pattern(entry.name + ":"))-*) candidates=\"\(options)\" ;;\n"
      switch entry.operands {
      case .words(let words):
        let more = entry.name == "probe" ? "$commands " : ""
        text +=
          "      \(pattern(entry.name + ":"))*) candidates=\"\(more)\(words.joined(separator: " "))\" ;;\n"
      case .files: text += "      \(pattern(entry.name + ":"))*) files=1 ;;\n"
      case .unknown: break
      }
    }
    text = text.replacing(
      "local line=",
      with: "local commands=\"\(commandNames.joined(separator: " "))\"\n  local line=")
    return text + """
          esac ;;
        esac
        if [ -n "$files" ]; then
          compopt -o filenames 2>/dev/null
          mapfile -t COMPREPLY < <(compgen -f -- "$cur")
          return
        fi
        mapfile -t COMPREPLY < <(compgen -W "$candidates" -- "$cur")
        case $cur in *:*) COMPREPLY=("${COMPREPLY[@]#"${cur%"${cur##*:}"}"}") ;; esac
        case ${COMPREPLY[*]-} in *:|*@) compopt -o nospace 2>/dev/null ;; esac
      }
      complete -F _smtpprobe smtpprobe

      """
  }

  func subcommands(of group: String) -> String {
    entries.filter { $0.name.hasPrefix(group + " ") }
      .map { String($0.name.dropFirst(group.count + 1)) }.joined(separator: " ")
  }

  private func pattern(_ text: String) -> String { "\"\(text)\"" }
}
