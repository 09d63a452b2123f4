import Diagnosis
import Reporting
import SMTPDialogue
import SessionOptions
import SessionTrace
import Wire

/// The file of `--capture`: the packets of a session where this process may hear them, and otherwise what the
/// socket's events make up. The file, standard error and the report say which it is.
package final class CaptureOutput {
  private let path: String
  private let file: ReportFile
  private var capture: PacketCapture?
  private var recorded: RecordedSession?
  /// Why no packet is heard.
  private var reason: String?

  /// Checks the file, which stays as it is until the capture is there.
  init(path: String) throws(ExitMessage) {
    self.path = path
    do {
      file = try ReportFile(path: path)
    } catch {
      throw ExitMessage(
        status: .cannotWrite, text: "\(OptionRow.capture.flag) \(path): \(error.failure.text)")
    }
  }

  /// Hears what goes to that port from now on. Standard error is told where it may not.
  func begin(port: Int, on loop: EventLoop) {
    do {
      capture = try PacketCapture(loop: loop, port: port)
    } catch {
      let reason = Self.reason(error)
      self.reason = reason
      try? TextStream.standardError.print("smtpprobe: \(remark(reason))\n")
    }
  }

  /// How long the last packets of a connection are waited for: the other side's FIN, or what it says to ours.
  static func linger(after trace: Trace) -> Microseconds {
    let roundTrip = trace.snapshots.last?.facts.roundTrip ?? 0
    return min(.seconds(1), 2 * roundTrip + .milliseconds(30))
  }

  /// The session is over: keeps what was heard of it, and says in its trace what the file is. `secrets` are kept
  /// out of the file.
  func end(of trace: inout Trace, secrets: SecretRedactor) {
    if let capture {
      capture.collect()
      let recorded = RecordedSession(trace, in: capture.recording, secrets: secrets)
      self.recorded = recorded
      self.capture = nil
      trace.notes.append(remark(recorded.remark))
    } else if let reason {
      trace.notes.append(remark(reason))
    }
  }

  private func remark(_ text: String) -> String { "\(OptionRow.capture.flag): \(text)" }

  /// What could not be written; `redacted` is the report as files have it.
  func write(_ report: SessionReport, redacted: () throws(ExitMessage) -> any Document)
    throws(ExitMessage) -> String?
  {
    let bytes =
      if let recorded {
        recorded.file(report.outcomeInWords)
      } else {
        reconstructedCapture(of: try redacted(), because: reason)
      }
    return file.write(bytes).map { "\(OptionRow.capture.flag) \(path): \($0.text)" }
  }

  private static func reason(_ error: WireError) -> String {
    let reason =
      error.statusOfThisHost == .noPermission
      ? "recording packets takes CAP_NET_RAW, which this process does not have (root has it, and a program"
        + " that setcap cap_net_raw+ep gave it)"
      : "packets cannot be recorded (\(error.failure.call): \(error.failure.text))"
    return reason + "; the capture is reconstructed from the socket's events"
  }
}
