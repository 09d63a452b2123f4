import ArgumentParser
import Diagnosis
import Lab
import Reporting
import SMTPDialogue
import SessionTrace
import Wire

/// `smtpprobe [probe] TARGET`: one session.
struct ProbeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "probe", abstract: "Run one session and say where it stopped (the default).")

  @Argument(help: "host[:port], [v6]:port, mx:domain, user@domain, unix:/path, lab:FIXTURE.")
  var target: TargetArgument?

  @OptionGroup(title: "Envelope and message") var envelope: EnvelopeOptions
  @OptionGroup(title: "Transport") var transport: TransportOptions
  @OptionGroup(title: "TLS") var tls: TLSOptions
  @OptionGroup(title: "Limits") var limits: LimitOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  @Flag(
    inversion: .prefixedNo, help: "With lab:FIXTURE: play the fault, or the same server without it."
  )
  var fault = true

  @Flag(help: "Print what would be sent, with sizes and segments; open no connection.")
  var plan = false

  func run() throws { try reportingErrors(session) }

  private func session() throws {
    let target = try chosenTarget()
    if plan {
      try TextStream.standardOutput.print(PlanPreview(try builder(target, at: nil).plan()).text)
      return
    }
    let outputs = try ReportOutputs(output)
    let run = try SessionRun(target: target, playsFault: fault, overIPv6: transport.ipv6)
    let trace = try run.trace(of: try builder(target, at: run.lab?.endpoint).plan())
    let report = sessionReport(on: trace)
    try outputs.write(report)
    guard let expected = limits.expect else {
      throw ExitCode(Int32(report.verdict.exitCode))
    }
    try judge(report.verdict, against: expected)
  }

  private func judge(_ verdict: Verdict, against expected: ExpectationArgument) throws {
    guard !expected.isMet(by: verdict) else { return }
    throw ExitMessage(
      status: .expectationNotMet,
      text: "expected \(expected.description), "
        + "got \(verdict.status.rawValue)@\(verdict.stage.rawValue)")
  }

  private func chosenTarget() throws -> TargetArgument {
    if let target { return target }
    guard let server = transport.server else {
      throw ValidationError("No target: name a host, mx:domain or lab:FIXTURE.")
    }
    guard let target = TargetArgument(argument: server) else {
      throw ValidationError("--server \(server): no host, host:port or unix:/path.")
    }
    return target
  }

  private func builder(_ target: TargetArgument, at endpoint: Endpoint?) -> PlanBuilder {
    PlanBuilder(
      target: target, envelope: envelope, transport: transport, tls: tls, limits: limits,
      labEndpoint: endpoint)
  }
}

/// Runs a command's work; what the user must mend goes to standard error with its own exit status.
func reportingErrors(_ work: () throws -> Void) throws {
  do {
    try work()
  } catch let message as ExitMessage {
    try TextStream.standardError.print("smtpprobe: \(message.text)\n")
    throw message.status.code
  } catch let error as WireError {
    try TextStream.standardError.print("smtpprobe: \(error.description)\n")
    throw (error.failure.name == "EACCES" || error.failure.name == "EPERM")
      ? ExitStatus.noPermission.code : ExitStatus.bug.code
  }
}

extension TextStream {
  /// Writes `text`; a stream that nobody reads any more is not an error.
  func print(_ text: String) throws {
    if let failure = write(Array(text.utf8)), failure.name != "EPIPE" {
      throw ExitStatus.cannotWrite.code
    }
  }
}
