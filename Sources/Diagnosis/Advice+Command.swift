package import SessionTrace

/// A command line of smtpprobe that can be pasted into a POSIX shell, bash or zsh.
package struct ShellCommand: Sendable, Equatable {
  /// Program and arguments, unquoted.
  package var words: [String]

  /// A command of these words.
  package init(words: [String]) { self.words = words }

  /// The command that made `trace`, with `changes` in the place of the options they replace.
  ///
  /// What only concerns the report (`--format`, `-o`, `--expect`, colour) is left out.
  package init(repeating trace: Trace, changes: [String] = []) {
    var kept: [String] = []
    var rest = ShellCommand.operands(of: trace)[...]
    let replaced = Set(changes.map(ShellCommand.knob)).union(ShellCommand.knobsOfTheReport)
    while let word = rest.popFirst() {
      guard word.hasPrefix("-"), word != "-", replaced.contains(ShellCommand.knob(word)) else {
        kept.append(word)
        continue
      }
      if !word.contains("="), !ShellCommand.knobsWithoutValue.contains(ShellCommand.knob(word)) {
        _ = rest.popFirst()
      }
    }
    self.words =
      ["smtpprobe"] + kept + changes.filter { !ShellCommand.impliedByAbsence.contains($0) }
  }

  /// The arguments without the program; the bare target where the trace has none.
  private static func operands(of trace: Trace) -> [String] {
    var arguments = trace.arguments
    if let first = arguments.first, first.split(separator: "/").last == "smtpprobe" {
      arguments.removeFirst()
    }
    return arguments.isEmpty ? [trace.target.given] : arguments
  }

  /// What an option sets: `--no-nodelay=…` and `--nodelay` set the same, and so do `-4` and `-6`.
  private static func knob(_ option: String) -> String {
    var name = option.prefix { $0 != "=" }
    if name.hasPrefix("--no-") { name = "--" + name.dropFirst(5) }
    return name == "-6" ? "-4" : String(name)
  }

  private static let knobsOfTheReport: Set<String> = [
    "--format", "-o", "--output", "--expect", "--color", "--colour", "--plan",
  ]

  /// Changes that consist in leaving the option out.
  private static let impliedByAbsence: Set<String> = ["--no-pregreet"]

  private static let knobsWithoutValue: Set<String> = [
    "--nodelay", "--pregreet", "--pad", "-4", "--color", "--colour", "--plan", "--tls-verify",
    "--nudge", "--hops",
  ]
}

extension ShellCommand {
  /// The words quoted, each in pieces no longer than `limit` columns where it has to be broken.
  ///
  /// A renderer puts a backslash and a line feed between the pieces of a word.
  package func quoted(limit: Int = 60) -> [[String]] {
    words.map { word in
      guard !word.isEmpty else { return ["''"] }
      var pieces: [String] = []
      var piece: [UInt8] = []
      for byte in word.utf8 {
        if ShellCommand.quoted(piece + [byte]).utf8.count > limit {
          pieces.append(ShellCommand.quoted(piece))
          piece = []
        }
        piece.append(byte)
      }
      return pieces + [ShellCommand.quoted(piece)]
    }
  }

  /// The whole command on one line.
  package var line: String {
    quoted(limit: .max).map { $0.joined() }.joined(separator: " ")
  }

  /// One word as the shell must see it to get these bytes, in printable ASCII.
  private static func quoted(_ bytes: [UInt8]) -> String {
    if bytes.allSatisfy(isPlain) { return String(decoding: bytes, as: UTF8.self) }
    if bytes.allSatisfy({ (0x20...0x7E).contains($0) && $0 != UInt8(ascii: "'") }) {
      return "'" + String(decoding: bytes, as: UTF8.self) + "'"
    }
    // The escapes of `escapedText` are those of the shell's $'...'; only the quote is not among them.
    let escaped = escapedText(bytes)
    return "$'" + escaped.flatMap { $0 == "'" ? ["\\", $0] : [$0] } + "'"
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: "-_./:@,+=%".utf8.contains(byte)
    }
  }
}
