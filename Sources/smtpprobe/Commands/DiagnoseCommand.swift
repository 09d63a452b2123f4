import ArgumentParser
import Campaigns
import Diagnosis
import Probe
import Reporting
import SessionOptions
import SessionTrace
import Wire

/// `smtpprobe diagnose`: what changes a failure, its cause, and what to do.
struct DiagnoseCommand: ParsableCommand, ReportsWhenEnded {
  static let configuration = CommandConfiguration(
    commandName: "diagnose",
    abstract: "Find what changes a failure, its cause, and what to do about it.",
    usage: "smtpprobe diagnose TARGET [probe options]",
    discussion: """
      The session as given is the control. When it fails every time, experiments follow that differ \
      from it in one thing each, beside more controls, until the difference is clear. A cause is \
      confirmed when an experiment took the failure away repeatedly and nothing else known does so; \
      consistent when it fits and was not isolated.

      Exit status: 0 nothing wrong found; 1 a cause found; 2 inconclusive (no known cause, a failure \
      that comes and goes, or stopped early).
      """)

  @OptionGroup(title: "Rate limits") var rateLimits: RateLimitOptions

  @Flag(help: "Print the experiments that may be made; open no connection.")
  var plan = false

  @OptionGroup(title: "Output") var output: OutputOptions<DiagnosisReport>

  @Argument(
    parsing: .allUnrecognized,
    help: ArgumentHelp("TARGET and any option of smtpprobe probe.", valueName: "target"))
  var probe: [String] = []

  /// Sessions at a time: a control, five variants beside it, and two that wait longer meanwhile.
  private static let usualJobs = 8
  /// The most sessions where nothing else limits them.
  private static let mostSessions = 400

  func run() throws { try output.endingAsReadersExpect { try reportingErrors(diagnose) } }

  private func diagnose() throws {
    let setup = DiagnoseSetup(try commonRequest(of: probe, for: "diagnosis"))
    let target = setup.request.target
    let limits = rateLimits.limits
    let most = limits.sessionLimit(to: target) ?? Self.mostSessions
    if plan {
      try TextStream.standardOutput.print(setup.preview(limit: most))
      return
    }
    try limits.check(
      sessions: 0, deliversMail: setup.request.options.deliversMail, to: target)
    let outputs = try output.opened()
    let pace = limits.pace(to: target, usually: Self.usualJobs)
    if !output.quiet { try TextStream.standardError.print(setup.announcement(limit: most, pace)) }
    let sessions = try LiveSessions(setup.request)
    let campaign = DiagnosisCampaign(setup, limit: most, jobs: pace.jobs, place: sessions.place)
    let end = try sessions.run(campaign, pace: pace, isQuiet: output.quiet)
    let report = try campaign.report(on: end, arguments: typedWords(for: setup.request))
    try outputs.write(report)
    throw outputs.exitCode(
      for: report, usually: end.signal.map { 128 + Int($0) } ?? report.result.exitCode)
  }
}

/// The command line as reports show it, on sessions of that request.
func typedWords(for request: SessionRequest) -> [String] {
  request.shown(CommandWords.all).map { escapedText($0.utf8) }
}

/// What all sessions of a command are made of, from the words behind it; `kind` is what it makes.
func commonRequest(
  of words: [String], for kind: String, with more: [OptionEntry] = []
) throws -> SessionRequest {
  let probe: ProbeCommand
  do {
    probe = try ProbeCommand.parse(words)
  } catch {
    throw ValidationError(ProbeCommand.message(for: error))
  }
  if probe.limits.expect != nil {
    throw ValidationError("--expect is for one session; a \(kind) compares its sessions.")
  }
  if probe.capture != nil {
    throw ValidationError("--capture is for one session; a \(kind) makes many.")
  }
  if probe.exchangers.all {
    throw ValidationError("--all is for one session with each exchanger; a \(kind) is about one.")
  }
  if probe.plan { throw ValidationError("--plan stands before the words of the session.") }
  try tellOfConfiguration()
  return try probe.repeatableRequest(with: more)
}

/// Says on standard error where options come from that nobody typed, for reports that have no notes of it.
func tellOfConfiguration() throws {
  for note in CommandWords.notes {
    try TextStream.standardError.print("smtpprobe: \(printable(note))\n")
  }
}
