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

  @OptionGroup(title: "Rate limits") var politeness: PolitenessOptions

  @Flag(help: "Print the experiments that may be made; open no connection.")
  var plan = false

  @OptionGroup(title: "Output") var output: OutputOptions<DiagnosisReport>

  @Argument(
    parsing: .allUnrecognized,
    help: ArgumentHelp("TARGET and any option of smtpprobe probe.", valueName: "target"))
  var probe: [String] = []

  /// Sessions at a time: a control and three variants beside it.
  private static let usualJobs = 4
  /// The most sessions where nothing else limits them.
  private static let mostSessions = 400

  func run() throws { try reportingErrors(diagnose) }

  private func diagnose() throws {
    let setup = DiagnoseSetup(try commonRequest(of: probe, for: "diagnosis"))
    let target = setup.request.target
    let deliversMail = setup.request.options.deliversMail
    let limit = politeness.sessionLimit(to: target) ?? Self.mostSessions
    if plan {
      try TextStream.standardOutput.print(preview(setup, limit: limit))
      return
    }
    try politeness.check(sessions: 0, deliversMail: deliversMail, to: target)
    let outputs = try output.opened()
    let mail = deliversMail ? "; each delivers a message" : ""
    try TextStream.standardError.print(
      "smtpprobe: 4 connections if nothing is wrong, \(limit) at most,"
        + " \(politeness.pace(to: target, usually: Self.usualJobs))\(mail)\n")
    let run = try DiagnoseRun(
      setup, limit: limit, jobs: politeness.jobs(usually: Self.usualJobs),
      interval: politeness.interval(to: target))
    let (report, signal) = try run.play()
    try outputs.write(report)
    throw ExitCode(signal.map { 128 + $0 } ?? Int32(report.result.exitCode))
  }

  private func preview(_ setup: DiagnoseSetup, limit: Int) throws -> String {
    let control = try setup.control(at: nil)
    let subject = Subject(
      message: try setup.traits(of: control), patience: setup.request.options.patience)
    var lines = [
      "target     \(setup.request.target.given)",
      "control    the session as given: 4 times if it passes, else beside all else",
      "most       \(count(limit, "connection"))",
      "",
    ]
    for symptom in Investigation.outline(subject, options: control.options) {
      lines.append("\(symptom.name):")
      lines += symptom.variations.map { "  \($0.phrase)" }
    }
    lines.append("where the target has several addresses:")
    lines.append("  at each other address")
    return (lines + ["", "no connection was opened"]).joined(separator: "\n") + "\n"
  }
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
  if probe.plan { throw ValidationError("--plan stands before the words of the session.") }
  return try probe.repeatableRequest(with: more)
}
