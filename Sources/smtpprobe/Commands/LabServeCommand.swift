import ArgumentParser
import Glibc
import Lab
import SessionOptions
import SessionTrace
import Wire

/// `lab serve NAME…`: plays fixtures until a signal comes.
struct LabServeCommand: ParsableCommand, ReportsWhenEnded {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Play fixtures on ports of this host, for any client; Ctrl-C ends it.",
    discussion: """
      Each fixture gets a port of its own and a line "listening ADDRESS:PORT NAME" on standard \
      output. Then follows the log, a line for each read, command, reply and fault; the manual \
      describes it.

      With "-- COMMAND ARGUMENT..." at the end it serves while that program runs, and ends with its \
      status. The program finds the address of the first fixture in SMTPPROBE_LAB_ADDRESS, _HOST and \
      _PORT, that of each in SMTPPROBE_LAB_ADDRESS_NAME. The lines above go to standard error then, \
      and no log is written but to --log FILE.
      """)

  @Argument(
    help: ArgumentHelp(
      "A fixture's name or the path of a file, '=PORT' behind it for a port of its choice.",
      valueName: "fixture"))
  var words: [String]

  @Option(
    name: .shortAndLong,
    help: "Port of the first fixture, the next ones following; 0 lets the kernel choose.")
  var port = 0

  @Option(help: "Address to listen on.")
  var listen = "127.0.0.1"

  @Flag(inversion: .prefixedNo, help: "Play the fault, or the same server without it.")
  var fault = true

  @Option(help: "What chance is drawn from, in place of the fixtures' own seeds.")
  var seed: Int?

  @Option(help: "Write the log to this file instead of standard output.")
  var log: String?

  @Flag(name: .customLong("no-log"), help: "Write no log.")
  var hasNoLog = false

  @Option(help: "How the log and the lines round it are written: text, or json, an object a line.")
  var logFormat = LabLog.Format.text

  @Option(help: "Write the certificates of the fixtures to this file, PEM, for a client's trust.")
  var certificateOut: String?

  @Option(
    help: ArgumentHelp(
      "A name that certificates are for besides localhost and the server's own. May be repeated.",
      valueName: "name"))
  var certificateName: [String] = []

  @Option(
    help: ArgumentHelp(
      "Put each message that is taken into this folder: 0001.eml as it came, 0001.envelope with MAIL and RCPT.",
      valueName: "folder"))
  var store: String?

  @Option(help: ArgumentHelp("End after so many sessions.", valueName: "n"))
  var maxSessions: Int?

  /// The fixtures' names, and behind `--` a program with its arguments: the parser has them in one row.
  private var fixtures: [String] { words.dropLast(command.count) }
  private var command: [String] {
    let typed = programArguments()
    return typed.firstIndex(of: "--").map { Array(typed[($0 + 1)...]) } ?? []
  }

  func validate() throws {
    guard (0...65_535).contains(port) else {
      throw ValidationError("--port \(port): give 0 to 65535.")
    }
    guard !fixtures.isEmpty else { throw ValidationError("Name a fixture (smtpprobe lab list).") }
    guard (maxSessions ?? 1) > 0 else {
      throw ValidationError("--max-sessions \(maxSessions ?? 0): give 1 or more.")
    }
    if log != nil && hasNoLog { throw ValidationError("--log and --no-log exclude each other.") }
  }

  func run() throws {
    try reportingErrors {
      let log = try openedLog()
      let messages = try openedStore()
      let service = try LabService(
        places: try LabService.places(fixtures, from: port), address: listen,
        manner: manner(log, messages))
      if let certificateOut { try write(service.certificates, to: certificateOut) }
      if !command.isEmpty { service.tellProgram() }
      let status = try service.run(
        while: command, saying: command.isEmpty ? .standardOutput : .standardError)
      if status != 0 { throw ExitCode(Int32(status)) }
      if log?.hasFailed == true || messages?.hasFailed == true { throw ExitStatus.cannotWrite.code }
    }
  }

  private func manner(_ log: ServiceLog?, _ store: MessageStore?) -> LabService.Manner {
    var manner = LabService.Manner()
    manner.playsFaults = fault
    manner.seed = seed
    manner.certificateNames = certificateName
    manner.format = logFormat
    manner.log = log.map { log in { log.write($0) } }
    manner.store = store
    manner.mostSessions = maxSessions
    return manner
  }

  private func openedLog() throws -> ServiceLog? {
    guard !hasNoLog, log != nil || command.isEmpty else { return nil }
    guard let log else {
      return ServiceLog(place: "standard output") { TextStream.standardOutput.write($0) }
    }
    do {
      let file = try OutputFile(path: log)
      return ServiceLog(place: "--log \(log)") { file.write($0) }
    } catch {
      throw ExitMessage(status: .cannotWrite, text: "--log \(log): \(error.failure.text)")
    }
  }

  private func openedStore() throws -> MessageStore? {
    guard let store else { return nil }
    do { return try MessageStore(folder: store) } catch {
      throw ExitMessage(status: .cannotWrite, text: "--store \(store): \(error.failure.text)")
    }
  }

  private func write(_ text: String, to path: String) throws {
    do {
      guard let failure = try ReportFile(path: path).write(Array(text.utf8)) else { return }
      throw ExitMessage(
        status: .cannotWrite, text: "--certificate-out \(path): \(failure.text)")
    } catch let error as WireError {
      throw ExitMessage(
        status: .cannotWrite, text: "--certificate-out \(path): \(error.failure.text)")
    }
  }
}

extension LabLog.Format: ExpressibleByArgument {}

extension LabService {
  /// Puts the addresses where a program finds them that we start.
  fileprivate func tellProgram() {
    for (index, (name, endpoint)) in addresses.enumerated() {
      guard case .ip(let host, let port) = endpoint else { continue }
      let word = String(name.uppercased().map { $0.isLetter || $0.isNumber ? $0 : "_" })
      tell("ADDRESS_" + word, "\(endpoint)")
      if index == 0 {
        tell("ADDRESS", "\(endpoint)")
        tell("HOST", host)
        tell("PORT", String(port))
      }
    }
  }

  private func tell(_ name: String, _ value: String) {
    unsafe setenv("SMTPPROBE_LAB_" + name, value, 1)
  }
}
