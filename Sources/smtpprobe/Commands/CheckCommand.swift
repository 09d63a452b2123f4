import ArgumentParser
import Campaigns
import Reporting
import SessionOptions
import SessionTrace
import Wire

/// `smtpprobe check FILE|-`: a suite of sessions, each held against what is expected of it.
struct CheckCommand: ParsableCommand, ReportsWhenEnded {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Run a suite of sessions, each with what it is to come to; for CI.",
    usage: "smtpprobe check FILE|- [--wait 30s] [--jobs N] [probe options] [--format junit]",
    discussion: """
      A line of FILE is a command of smtpprobe with --expect, and behind # its name, or a JSON object with \
      target, expect, name and options by their long names. Without an expectation a session is to \
      end ok. Options given here are those of all; a line's own win. (The lab's own runs are another matter: \
      smtpprobe lab check.)

      EXAMPLES
        smtpprobe mx.example.com --split 513 --expect ok@data  # the 513-byte envelope
        {"target": "mx.example.com", "name": "TLS", "options": {"tls": "require"}, "expect": "ok"}

      Exit status: 0 all as expected; 1 one was not, or the highest status of its own of a case \
      without an expectation; 2 some were not played; 64, 65, 66 where options or the file are wrong; \
      130, 143 after a signal.
      """)

  @Option(
    help: ArgumentHelp(
      "Wait for each server to take connections, up to so long.", valueName: "time"),
    transform: { word in
      do throws(OptionWordError) { return try Microseconds(option: word) } catch {
        throw ValidationError("\(error.description).")
      }
    })
  var wait: Microseconds?

  @Option(help: "Sessions at a time.")
  var jobs = 4

  @Flag(help: "Do deliver mail to other hosts, where a case asks for it.")
  var yes = false

  @Flag(help: "Print what would be done; open no connection.")
  var plan = false

  @OptionGroup(title: "Output") var output: OutputOptions<SuiteReport>

  @Argument(
    parsing: .allUnrecognized,
    help: ArgumentHelp("FILE, and any option of smtpprobe probe.", valueName: "file"))
  var probe: [String] = []

  func validate() throws {
    if !(1...256).contains(jobs) { throw ValidationError("--jobs \(jobs): give 1 to 256.") }
  }

  func run() throws { try reportingErrors(check) }

  private func check() throws {
    let list = try ListedSessions(probe, of: "suite")
    let setup = try SuiteSetup(
      TargetList(path: list.path), options: list.options, mayDeliver: yes,
      standardInput: list.standardInput)
    if plan {
      try TextStream.standardOutput.print(setup.preview)
      return
    }
    let outputs = try output.opened()
    if !output.quiet {
      try TextStream.standardError.print(setup.announcement(jobs: jobs, wait: wait))
    }
    let sessions = try LiveSessions()
    let campaign = SuiteCampaign(setup, patience: wait) { try sessions.lab(for: $0) }
    let end = try sessions.run(
      campaign, pace: CampaignPace(jobs: jobs), isQuiet: output.quiet,
      rules: AddressGate.Rules(lookups: jobs, perAddress: jobs))
    // The options are those of all cases.
    let shared = SessionRequest(target: setup.entries[0].request.target, options: list.options)
    let report = campaign.report(on: end, arguments: typedWords(for: shared))
    try outputs.write(report)
    throw outputs.exitCode(
      for: report, usually: end.signal.map { 128 + Int($0) } ?? report.exitCode)
  }
}
