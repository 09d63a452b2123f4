import ArgumentParser
import Diagnosis
import Glibc
import Reporting
import SessionOptions
import SessionTrace
import Wire

/// The command: chooses a subcommand, `probe` when none is named.
@main
struct SMTPProbe: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "smtpprobe",
    abstract: "Shows where an SMTP delivery stalls, who has the bytes, and on what evidence.",
    usage: """
      smtpprobe [probe] TARGET [options]
      smtpprobe sweep TARGET --envelope-size A..B [options]
      smtpprobe diagnose TARGET [options]
      smtpprobe scan [FILE|-] [options]
      smtpprobe merge FILE...
      smtpprobe check FILE|- [--wait TIME] [options]
      smtpprobe report FILE.json [--format FORMAT] [-o FILE]
      smtpprobe compare A.json B.json|TARGET [options]
      smtpprobe explain [ID|words] [--list] [--family A]
      smtpprobe lab list | show FIXTURE | serve FIXTURE | check
      smtpprobe manual [TOPIC]
      smtpprobe schema [session | domain | sweep | diagnosis | catalogue | comparison | confusion | scan | suite]
      """,
    discussion: """
      TARGET is host, host:port, [v6]:port, mx:domain (its mail exchangers in turn), user@domain, \
      unix:/path, or lab:FIXTURE (a misbehaving server inside this process; no network needed).

      No mail is ever delivered unless a message is asked for (--data, --message-size).

      COMMON OPTIONS (all of them: smtpprobe probe --help)
        --split PLAN         cut each flight: 513 | 100,1,rest | command | crlf |
                             dot:1 to dot:4
        --envelope-size N    pad the envelope to exactly N bytes
        --pipelining MODE    auto, on (also when not offered), off
        --chunking MODE      off, auto, on: the message by BDAT
        --no-nodelay         leave Nagle's algorithm on
        --fast-open MODE     off, cookie, data
        --tls MODE           off, auto, require, implicit
        --timeout TIME       limit for one whole reply (30s); or rfc5321
        --expect STATUS[@STAGE]
                             exit 0 if that is what happened, 1 if not
        --format FORMAT, -o FILE
                             \(formats)

      EXAMPLES
        smtpprobe mx.example.com --split 513
        smtpprobe lab:reseg-513 --split 513 --expect stalled@mail
        smtpprobe sweep lab:reseg-513 --envelope-size 1..1100 --timeout 1s
        smtpprobe diagnose lab:reseg-513 --split 513 --timeout 500ms
        smtpprobe mx:example.com --message-size 300000 -o ticket.md -o ticket.json
        smtpprobe mx:example.com --all
        smtpprobe scan hosts.txt --jobs 200 --resume hosts.journal > hosts.jsonl

      EXIT STATUS
        0 ok; 1 expectation not met, sessions that differ, or a sweep found
          something; 2 inconclusive; else for one session
        tens: 1x stalled; 2x closed, reset, unreachable; 3x rejected;
              4x deferred; 5x protocol or TLS error
        ones: 0 resolve, connect; 1 banner; 2 ehlo; 3 starttls, tls; 4 auth;
              5 mail; 6 rcpt; 7 data; 8 body, dot; 9 quit
        64 usage; 65 bad input file; 66 no input file; 70 bug;
        71 this host is out of descriptors or memory; 73 cannot write a report;
        77 no permission; 129, 130, 143 signal

      MANUAL (smtpprobe manual TOPIC)
      \(ManualCommand.list(indentedBy: 2))
      """,
    version: toolVersion,
    subcommands: commands,
    defaultSubcommand: ProbeCommand.self)

  /// Under the option that they are for.
  private static var formats: String {
    let names = ReportFormat.all(of: ProbeDocument.self).map(\.name).joined(separator: ", ")
    return Wrapping(room: 57).words(of: Array(names.utf8))
      .map { String(decoding: $0, as: UTF8.self) }
      .joined(separator: "\n" + String(repeating: " ", count: 23))
  }

  private static let commands: [any ParsableCommand.Type] = [
    ProbeCommand.self, SweepCommand.self, DiagnoseCommand.self, ScanCommand.self,
    MergeCommand.self, CheckCommand.self, ReportCommand.self, CompareCommand.self,
    ExplainCommand.self, LabCommand.self, SchemaCommand.self, ManualCommand.self,
  ]

  /// What may stand in the place of a target.
  static var commandNames: [String] {
    names(of: commands) + ["help"]
  }

  private static func names(of commands: [any ParsableCommand.Type]) -> [String] {
    commands.compactMap { $0.configuration.commandName }
  }

  /// Refuses words behind `help` that are no command, which the parser would give the general help for.
  private static func checkCommands(_ words: ArraySlice<String>) throws(ValidationError) {
    var (level, known) = (commands, commandNames)
    for word in words.prefix(while: { !$0.hasPrefix("-") }) {
      guard known.contains(word) else {
        throw ValidationError(
          known.isEmpty
            ? "There is no command \"\(word)\" below that one."
            : "There is no command \"\(word)\". Those are \(known.joined(separator: ", "))"
              + suggestion(for: word, among: known))
      }
      level = level.first { $0.configuration.commandName == word }?.configuration.subcommands ?? []
      known = names(of: level)
    }
  }

  /// Ends the process as the parser would, but that words of the user's are spelt out in what it says of them.
  private static func leave(with error: any Error) -> Never {
    if let code = error as? ExitCode { Glibc.exit(code.rawValue) }
    let code = exitCode(for: error)
    let message = fullMessage(for: error)
    guard !code.isSuccess, !message.isEmpty else { exit(withError: error) }
    let words = Array(programArguments().dropFirst())
    let hint = hints(for: words, refusedWith: message)
    try? TextStream.standardError.print(message + "\n" + hint)
    exit(withError: code)
  }

  /// The words with what the configuration adds to them.
  private static func configured(_ words: [String]) throws -> [String] {
    var result = words
    try reportingErrors {
      result = try CommandWords.configure(
        words, besides: othersThanSessions(ScanCommand.self))
    }
    return result
  }

  /// First words behind which no options of sessions stand, but for `more`.
  private static func othersThanSessions(_ more: (any ParsableCommand.Type)? = nil) -> [String] {
    let some: [(any ParsableCommand.Type)?] = [
      ProbeCommand.self, SweepCommand.self, DiagnoseCommand.self, more,
    ]
    return commands.filter { command in !some.contains { $0 == command } }
      .compactMap { $0.configuration.commandName } + ["help"]
  }

  /// The words with swaks' habits put into smtpprobe's own, where options of a session stand.
  private static func inOwnWords(_ words: [String]) throws -> [String] {
    var result: [String] = []
    try reportingErrors {
      do throws(OptionWordError) {
        result = try OptionWords.standingApart(
          SwaksWords.translated(words, besides: othersThanSessions()))
      } catch {
        throw ExitMessage(status: .usage, text: error.description)
      }
    }
    return result
  }

  /// What a stranger who types the name alone wants to see; nothing was done, so it is no success.
  private static func showWhatThereIs() -> Never {
    try? TextStream.standardError.print(helpMessage(columns: 80) + "\n")
    exit(withError: ExitStatus.usage.code)
  }

  static func main() {
    EndingSignals.prepare()
    let typed = Array(programArguments().dropFirst())
    if typed.isEmpty { showWhatThereIs() }
    do {
      let words = try configured(typed)
      if let session = AskedSession(plain: words, besides: commandNames) {
        try session.run()
        return
      }
      if words.contains("--version"), words.count <= 2,
        words.allSatisfy(["--version", "-v", "--verbose"].contains)
      {
        EndingSignals.deliver()
        try? TextStream.standardOutput.print(words.count == 1 ? toolVersion + "\n" : versionText())
        return
      }
      if words[0] == "help" { try checkCommands(words.dropFirst()) }
      var command = try parseAsRoot(try inOwnWords(words))
      if !(command is any ReportsWhenEnded) { EndingSignals.deliver() }
      try command.run()
    } catch {
      EndingSignals.release()
      leave(with: error)
    }
  }
}
