import ArgumentParser
import Campaigns
import Diagnosis
import Probe
import Reporting
import SessionOptions
import SessionTrace
import Wire

/// `smtpprobe [probe] TARGET`: one session.
struct ProbeCommand: ParsableCommand, ReportsWhenEnded {
  static let configuration = CommandConfiguration(
    commandName: "probe", abstract: "Run one session and say where it stopped (the default).")

  @Argument(help: "host[:port], [v6]:port, mx:domain, user@domain, unix:/path, lab:FIXTURE.")
  var target: Target?

  @OptionGroup(title: "Envelope and message") var envelope: EnvelopeOptions
  @OptionGroup(title: "Transport") var transport: TransportOptions
  @OptionGroup(title: "TLS") var tls: TLSOptions
  @OptionGroup(title: "Limits") var limits: LimitOptions
  @OptionGroup(title: "Output") var output: OutputOptions<SessionReport>

  @Flag(.fault) var fault: Bool?
  @Flag(.plan) var plan = false

  /// The options of the session as they were given.
  var entries: [OptionEntry] {
    envelope.entries + transport.entries + tls.entries + limits.entries
      + [OptionRow.fault.given(fault)].compactMap(\.self)
  }

  func run() throws { try reportingErrors(session) }

  private func session() throws {
    let request = try self.request()
    let words = CommandLine.arguments
    if plan {
      try TextStream.standardOutput.print(
        PlanPreview(try request.plan(at: nil, arguments: words)).text)
      return
    }
    let outputs = try output.opened()
    let sessions = try LiveSessions(request)
    let trace = try sessions.trace(of: try request.plan(at: sessions.place, arguments: words))
    let report = SessionReport(of: trace)
    try outputs.write(report)
    if let expected = limits.expect, !expected.isMet(by: report.verdict) {
      let told = "\(report.verdict.status.rawValue)@\(report.verdict.stage.rawValue)"
      try TextStream.standardError.print(
        "smtpprobe: expected \(expected.description), got \(told)\n")
    }
    if report.verdict.stage == .resolve, let target {
      try TextStream.standardError.print(SMTPProbe.hint(for: target.given))
    }
    throw ExitCode(exitCode(for: report.verdict))
  }

  /// The exit status: the verdict's own, or whether it is what was expected.
  func exitCode(for verdict: Verdict) -> Int32 {
    guard let expected = limits.expect else { return Int32(verdict.exitCode) }
    return expected.isMet(by: verdict) ? 0 : ExitStatus.expectationNotMet.rawValue
  }

  /// What is asked for; `more` are options that another command reads in its own way.
  ///
  /// `standardInput` is what `--data -` reads, `nil` for this process's own.
  func request(
    with more: [OptionEntry] = [], standardInput: [UInt8]? = nil
  ) throws -> SessionRequest {
    var options: SessionOptions
    do {
      options = try SessionOptions(entries + more)
    } catch {
      throw ExitMessage(status: .usage, text: error.description)
    }
    if let target {
      return SessionRequest(target: target, options: options, standardInput: standardInput)
    }
    // TARGET is the value of --server where nothing else is named.
    guard let server = options.server else {
      throw ValidationError("No target: name a host, mx:domain or lab:FIXTURE.")
    }
    options.server = nil
    return SessionRequest(target: server, options: options, standardInput: standardInput)
  }

  /// The same for a command that makes many sessions: what can be read once (standard input, a FIFO, a
  /// device) is held for all of them.
  func repeatableRequest(with more: [OptionEntry] = []) throws -> SessionRequest {
    let request = try self.request(with: more)
    guard let held = try heldMessage(request.options) else { return request }
    return try self.request(with: more, standardInput: held)
  }

  /// The message of these options where it can be read once.
  func heldMessage(_ options: SessionOptions) throws -> [UInt8]? {
    guard let data = options.data else { return nil }
    if data == "-" { return try contentsOfStandardInput() }
    return InputFile.isReadOnce(path: data) ? try contents(of: data) : nil
  }
}

/// Runs a command's work; what the user must mend goes to standard error with its own exit status.
func reportingErrors(_ work: () throws -> Void) throws {
  do {
    try work()
  } catch let message as ExitMessage {
    try TextStream.standardError.print("smtpprobe: \(message.text)\n")
    throw message.status.code
  } catch let error as PlanError {
    try TextStream.standardError.print("smtpprobe: \(error.description)\n")
    throw error.status.code
  } catch let error as WireError {
    let message = ExitMessage(error)
    try TextStream.standardError.print("smtpprobe: \(message.text)\n")
    throw message.status.code
  } catch let status as ExitStatus {
    throw status.code
  }
}

extension ExitStatus {
  var code: ExitCode { ExitCode(rawValue) }
}
