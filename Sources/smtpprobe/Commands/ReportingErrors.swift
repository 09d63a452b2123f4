import ArgumentParser
import Campaigns
import Probe
import Reporting
import Wire

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

extension ReportOutputs {
  /// What the process ends with that wrote the document.
  func exitCode(for document: any Document, usually: Int) -> ExitCode {
    ExitCode(Int32(status(for: document, usually: usually)))
  }
}
