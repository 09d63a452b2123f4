import SessionTrace

/// The process exit statuses that are not a session's own (`sysexits.h`).
///
/// Thrown as it is, it ends the program without a word.
package enum ExitStatus: Int32, Error, Sendable {
  case expectationNotMet = 1
  case nothingSelected = 2
  /// Options that cannot be had, or not together.
  case usage = 64
  /// A file that holds what cannot be used.
  case badInput = 65
  /// A file that is not there.
  case noInput = 66
  case bug = 70
  /// This host has run out of something: descriptors, memory, threads.
  case ownHost = 71
  case cannotWrite = 73
  /// A file that may not be read, or something else that this host forbids.
  case noPermission = 77
  /// A command that is there and cannot be run, and one that is not there: what a shell ends with.
  case cannotRunCommand = 126
  case noCommand = 127

  /// A comparison found something; the same status as an expectation that was not met.
  package static let sessionsDiffer = ExitStatus.expectationNotMet
}

/// Something the user must mend: a sentence for standard error, and the status to end with.
package struct ExitMessage: Error, Sendable, Equatable {
  package var status: ExitStatus
  package var text: String

  /// A sentence without a full stop.
  package init(status: ExitStatus, text: String) {
    self.status = status
    self.text = text
  }

  /// Something that this host refused us.
  package init(_ error: WireError) {
    self.init(status: error.statusOfThisHost ?? .bug, text: error.description)
  }

  /// A command of the user's that could not be started.
  package init(cannotRun command: String, _ error: WireError) {
    switch error.failure.name {
    case "ENOENT": self.init(status: .noCommand, text: "\(command): command not found")
    case "EACCES", "ENOEXEC", "EPERM":
      self.init(status: .cannotRunCommand, text: "\(command): \(error.failure.text)")
    default:
      self.init(
        status: error.statusOfThisHost ?? .cannotRunCommand,
        text: "\(command): \(error.failure.text)")
    }
  }

  /// A file that cannot be read; `what` says which, as the user would.
  package init(cannotRead what: String, _ error: WireError) {
    self.init(
      status: error.statusOfThisHost ?? .noInput, text: "\(what): \(error.failure.text)")
  }
}

extension WireError {
  /// Where this host forbids something, or has run out of it; `nil` for anything else.
  package var statusOfThisHost: ExitStatus? {
    switch failure.name {
    case "EACCES", "EPERM": .noPermission
    case "EMFILE", "ENFILE", "ENOMEM", "EAGAIN", "ENOBUFS", "ENOSPC": .ownHost
    default: nil
    }
  }
}
