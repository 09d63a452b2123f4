import ArgumentParser
import Lab
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
  case ownHost = 71
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
      case .ownHost: .ownHost
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
    let error = PlanError(cannotRead: what, error)
    self.init(status: ExitStatus(error.kind), text: error.description)
  }

  /// Something that this host refused us.
  init(_ error: WireError) {
    self.init(status: error.kindOfThisHost.map(ExitStatus.init) ?? .bug, text: error.description)
  }

  /// A lab that could not be set up; `otherwise` is whose mistake it is when nothing was lacking.
  init(_ error: LabError, otherwise: ExitStatus) {
    self.init(
      status: error.cause?.kindOfThisHost.map(ExitStatus.init) ?? otherwise,
      text: error.description)
  }
}

/// The most bytes of a file that is read whole: reports, fixtures, messages that can be read once.
let mostHeld = 64 << 20

/// All bytes of a file that the user named.
func contents(of path: String) throws -> [UInt8] {
  try contents(path) { () throws(WireError) in try InputFile(path: path) }
}

/// All bytes of standard input.
func contentsOfStandardInput() throws -> [UInt8] {
  try contents("standard input") { () throws(WireError) in try InputFile.standardInput() }
}

private func contents(
  _ name: String, _ file: () throws(WireError) -> InputFile
) throws -> [UInt8] {
  do throws(WireError) {
    // Whoever writes to a pipe may never do so: a signal ends the wait as it ends any program's.
    return try EndingSignals.deliverable { () throws(WireError) in
      try file().readAll(atMost: mostHeld)
    }
  } catch {
    guard error.failure.name == "EFBIG" else { throw ExitMessage(cannotRead: name, error) }
    throw ExitMessage(
      status: .badInput,
      text: "\(name): more than \(mostHeld >> 20) MiB, which is the most that is read into memory")
  }
}
