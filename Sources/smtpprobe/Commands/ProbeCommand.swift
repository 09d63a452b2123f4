import ArgumentParser
import Authentication
import Campaigns
import Diagnosis
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
  @OptionGroup(title: "AUTH") var auth: AuthOptions
  @OptionGroup(title: "Limits") var limits: LimitOptions
  @OptionGroup(title: "Output") var output: OutputOptions<SessionReport>

  @Flag(.fault) var fault: Bool?
  @Flag(.plan) var plan = false
  /// Obeyed before the command line is parsed.
  @Flag(.noConfig) var noConfig = false

  /// The options of the session as they were given.
  var entries: [OptionEntry] {
    envelope.entries + transport.entries + tls.entries + auth.entries + limits.entries
      + [OptionRow.fault.given(fault)].compactMap(\.self)
  }

  func run() throws { try asked.run() }

  /// The session that is asked for.
  var asked: AskedSession {
    AskedSession(
      target: target, entries: entries, expect: limits.expect, isPlanOnly: plan,
      output: output.wishes)
  }

  /// The exit status: the verdict's own, or whether it is what was expected.
  func exitCode(for verdict: Verdict) -> Int32 { asked.exitCode(for: verdict) }

  /// What is asked for; `more` are options that another command reads in its own way.
  ///
  /// `standardInput` is what `--data -` reads, `nil` for this process's own.
  func request(
    with more: [OptionEntry] = [], standardInput: [UInt8]? = nil
  ) throws -> SessionRequest {
    try asked.request(with: more, standardInput: standardInput)
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
