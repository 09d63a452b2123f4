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
      """)

  @Argument(
    help: ArgumentHelp(
      "A fixture's name or the path of a file, '=PORT' behind it for a port of its choice.",
      valueName: "fixture"))
  var names: [String]

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

  @Option(help: "Write the certificates of the fixtures to this file, PEM, for a client's trust.")
  var certificateOut: String?

  func validate() throws {
    guard (0...65_535).contains(port) else {
      throw ValidationError("--port \(port): give 0 to 65535.")
    }
    guard !names.isEmpty else { throw ValidationError("Name a fixture (smtpprobe lab list).") }
    if log != nil && hasNoLog { throw ValidationError("--log and --no-log exclude each other.") }
  }

  func run() throws {
    try reportingErrors {
      let log = try openedLog()
      let service = try LabService(
        places: try LabService.places(names, from: port), address: listen, playsFaults: fault,
        seed: seed,
        log: log.map { log in { log.write($0) } })
      if let certificateOut { try write(service.certificates, to: certificateOut) }
      try service.run()
      if log?.hasFailed == true { throw ExitStatus.cannotWrite.code }
    }
  }

  private func openedLog() throws -> ServiceLog? {
    guard !hasNoLog else { return nil }
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
