import ArgumentParser
import Probe
import SessionTrace
import Wire

/// The process exit statuses that are not a session's own (`sysexits.h`).
enum ExitStatus: Int32 {
  case expectationNotMet = 1
  case nothingSelected = 2
  case usage = 64
  case badInput = 65
  case noInput = 66
  case bug = 70
  case cannotWrite = 73
  case noPermission = 77

  /// A comparison found something; the same status as an expectation that was not met.
  static let sessionsDiffer = ExitStatus.expectationNotMet

  var code: ExitCode { ExitCode(rawValue) }
}

extension ExitStatus {
  /// That of options which make no session.
  init(_ kind: PlanError.Kind) {
    self =
      switch kind {
      case .usage: .usage
      case .badInput: .badInput
      case .noInput: .noInput
      case .noPermission: .noPermission
      }
  }
}

/// Something the user must mend: a sentence for standard error, and the status to end with.
struct ExitMessage: Error {
  var status: ExitStatus
  var text: String
}

extension ExitMessage {
  /// A file that the user named and that cannot be read; `what` says which, as the user would.
  init(cannotRead what: String, _ error: WireError) {
    self.init(
      status: error.failure.name == "EACCES" ? .noPermission : .noInput,
      text: "\(what): \(error.failure.text)")
  }
}

/// All bytes of a file that the user named.
func contents(of path: String) throws -> [UInt8] {
  do {
    return try InputFile(path: path).readAll()
  } catch {
    throw ExitMessage(cannotRead: path, error)
  }
}

/// All bytes of standard input.
func contentsOfStandardInput() throws -> [UInt8] {
  do {
    return try InputFile.standardInput().readAll()
  } catch {
    throw ExitMessage(cannotRead: "standard input", error)
  }
}
