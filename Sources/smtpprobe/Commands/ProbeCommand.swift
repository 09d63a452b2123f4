import ArgumentParser
import Authentication
import Campaigns
import Diagnosis
import Reporting
import SessionOptions
import SessionTrace
import Wire

/// What `smtpprobe probe` writes: the report of one session, or with `--all` that of a domain.
enum ProbeDocument: DocumentChoice {
  static let kinds = [SessionReport.kind, DomainReport.kind]
}

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
  @OptionGroup(title: "Every mail exchanger") var exchangers: ExchangerOptions
  @OptionGroup(title: "Output") var output: OutputOptions<ProbeDocument>

  @Option(
    name: OptionRow.capture.parserNames, help: OptionRow.capture.parserHelp, completion: .file())
  var capture: String?
  @Flag(.fault) var fault: Bool?
  @Flag(.plan) var plan = false
  /// Obeyed before the command line is parsed.
  @Flag(.noConfig) var noConfig = false

  /// The options of the session as they were given.
  var entries: [OptionEntry] {
    envelope.entries + transport.entries + tls.entries + auth.entries + limits.entries
      + [OptionRow.fault.given(fault)].compactMap(\.self)
  }

  func run() throws {
    guard exchangers.all else { return try asked.run() }
    try DomainRun(asked: asked, exchangers: exchangers).run()
  }

  /// The session that is asked for.
  var asked: AskedSession {
    AskedSession(
      target: target, entries: entries, expect: limits.expect, isPlanOnly: plan,
      output: output.wishes.with(capture: capture))
  }

  func validate() throws {
    guard capture != nil else { return }
    if exchangers.all {
      throw ValidationError("--capture is for one session, and --all makes many: leave one out.")
    }
    if let problem = output.wishes.with(capture: capture).problemWithCapture {
      throw ValidationError(problem)
    }
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

  /// The same for a command that makes many sessions.
  func repeatableRequest(with more: [OptionEntry] = []) throws -> SessionRequest {
    try asked.repeatableRequest(with: more)
  }

  /// The message of these options where it can be read once.
  func heldMessage(_ options: SessionOptions) throws -> [UInt8]? {
    try asked.heldMessage(options)
  }
}
