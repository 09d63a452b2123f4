import ArgumentParser
import Diagnosis
import Lab
import Probe
import Reporting
import SMTPDialogue
import SessionTrace
import Wire

/// `smtpprobe [probe] TARGET`: one session.
struct ProbeCommand: ParsableCommand, ReportsWhenEnded {
  static let configuration = CommandConfiguration(
    commandName: "probe", abstract: "Run one session and say where it stopped (the default).")

  @Argument(help: "host[:port], [v6]:port, mx:domain, user@domain, unix:/path, lab:FIXTURE.")
  var target: TargetArgument?

  @OptionGroup(title: "Envelope and message") var envelope: EnvelopeOptions
  @OptionGroup(title: "Transport") var transport: TransportOptions
  @OptionGroup(title: "TLS") var tls: TLSOptions
  @OptionGroup(title: "Limits") var limits: LimitOptions
  @OptionGroup(title: "Output") var output: OutputOptions<SessionReport>

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
      try TextStream.standardOutput.print(PlanPreview(try sessionPlan(at: nil)).text)
      return
    }
    let outputs = try output.opened()
    let run = try SessionRun(target: target, playsFault: fault, overIPv6: transport.ipv6)
    let trace = try run.trace(of: try sessionPlan(at: run.labAddress))
    let report = sessionReport(on: trace)
    try outputs.write(report)
    if let expected = limits.expect, !expected.isMet(by: report.verdict) {
      let told = "\(report.verdict.status.rawValue)@\(report.verdict.stage.rawValue)"
      try TextStream.standardError.print(
        "smtpprobe: expected \(expected.description), got \(told)\n")
    }
    throw ExitCode(exitCode(for: report.verdict))
  }

  /// The exit status: the verdict's own, or whether it is what was expected.
  func exitCode(for verdict: Verdict) -> Int32 {
    guard let expected = limits.expect else { return Int32(verdict.exitCode) }
    return expected.isMet(by: verdict) ? 0 : ExitStatus.expectationNotMet.rawValue
  }

  /// What these options amount to; `address` is where the fixture is found, when the target is one.
  ///
  /// `standardInput` is what `--data -` reads, `nil` for this process's own.
  func sessionPlan(at address: LabAddress?, standardInput: [UInt8]? = nil) throws -> SessionPlan {
    try builder(at: address, standardInput: standardInput).plan()
  }

  /// The recipients in force, given or by default.
  func recipients() throws -> [String] {
    try builder(at: nil, standardInput: nil).recipients.map { String(decoding: $0, as: UTF8.self) }
  }

  private func builder(at address: LabAddress?, standardInput: [UInt8]?) throws -> PlanBuilder {
    PlanBuilder(
      target: try chosenTarget(), envelope: envelope, transport: transport, tls: tls,
      limits: limits, labAddress: address, standardInput: standardInput)
  }

  /// Whom to reach: TARGET, or the value of `--server` in its place.
  func chosenTarget() throws -> TargetArgument {
    if let target { return target }
    guard let server = transport.server else {
      throw ValidationError("No target: name a host, mx:domain or lab:FIXTURE.")
    }
    guard let target = TargetArgument(argument: server) else {
      throw ValidationError("--server \(server): no host, host:port or unix:/path.")
    }
    return target
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
    let message = ExitMessage(error)
    try TextStream.standardError.print("smtpprobe: \(message.text)\n")
    throw message.status.code
  }
}

extension TextStream {
  /// Writes `text`; a stream that nobody reads any more is not an error.
  func print(_ text: String) throws { try print(Array(text.utf8)) }

  /// Writes bytes as they are.
  func print(_ bytes: [UInt8]) throws {
    if let failure = write(bytes), failure.name != "EPIPE" {
      throw ExitStatus.cannotWrite.code
    }
  }
}
