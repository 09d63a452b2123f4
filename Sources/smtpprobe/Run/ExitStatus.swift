import ArgumentParser

/// The process exit statuses that are not a session's own (`sysexits.h`).
enum ExitStatus: Int32 {
  case expectationNotMet = 1
  case usage = 64
  case badInput = 65
  case noInput = 66
  case bug = 70
  case cannotWrite = 73
  case noPermission = 77

  var code: ExitCode { ExitCode(rawValue) }
}

/// Something the user must mend: a sentence for standard error, and the status to end with.
struct ExitMessage: Error {
  var status: ExitStatus
  var text: String
}
