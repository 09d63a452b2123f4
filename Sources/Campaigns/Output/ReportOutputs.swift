package import Probe
package import Reporting
import SessionTrace
package import Wire

/// The places a report goes to, looked at before the first connection.
///
/// A report that cannot be written is worth knowing before a session of minutes, not after. Nothing
/// that is there is touched until the report is.
package struct ReportOutputs {
  private struct Output {
    var path: String
    var file: ReportFile
    var format: ReportFormat
  }

  private var outputs: [Output] = []
  /// Where the packets of a session go, if anywhere.
  package let capture: CaptureOutput?
  private let standardFormat: ReportFormat?
  private let redaction: RedactionMode?
  private let look: AskedLook

  /// Checks every file. `standard` is what standard output gets.
  /// `redaction` is for all alike; without it files go without what is private here, and standard output,
  /// which stays here, as it is.
  package init(
    files: [ReportPlace], standard: ReportFormat?, capture: String? = nil,
    redaction: RedactionMode? = nil, look: AskedLook = AskedLook()
  ) throws(ExitMessage) {
    standardFormat = standard
    self.look = look
    self.redaction = redaction
    for place in files {
      guard let format = place.format else { continue }
      let path = place.path
      do {
        outputs.append(Output(path: path, file: try ReportFile(path: path), format: format))
      } catch {
        throw ExitMessage(status: .cannotWrite, text: "-o \(path): \(error.failure.text)")
      }
    }
    self.capture = try capture.map { path throws(ExitMessage) in try CaptureOutput(path: path) }
  }

  /// Whether a report goes anywhere at all.
  package var hasReaders: Bool { !formats.isEmpty }

  /// How much of what this host says of itself they show; `nil` where there are no readers.
  package var hostDetail: HostView.Detail? {
    hasReaders ? formats.contains(where: \.tellsEnvironment) ? .all : .cheap : nil
  }

  private var formats: [ReportFormat] {
    outputs.map(\.format) + [standardFormat].compactMap(\.self)
      + (GitHubStep().isThere ? [.markdown] : [])
  }

  /// Renders and writes the document everywhere, and then says what could not be written: mail may have
  /// been delivered, and one full disk must not take the other reports along.
  ///
  /// `rest` is what whoever reads standard output, and has watched as it happened, has not got yet; `nil` where
  /// nobody has watched.
  package func write(
    _ document: any Document, watchedBut rest: [UInt8]? = nil
  ) throws(ExitMessage) {
    var failures: [String] = []
    var versions = RedactedVersions(of: document)
    let plain = Look(width: look.width ?? Look.usualWidth, isClose: look.isClose)
    let exported = outputs.isEmpty ? document : try versions.version(redaction ?? .local)
    for output in outputs {
      let bytes = try render(exported, output.format, plain, "-o \(output.path)")
      if let failure = output.file.write(bytes) {
        failures.append("-o \(output.path): \(failure.text)")
      }
    }
    if let capture, let report = document as? SessionReport {
      let failure = try capture.write(report) { () throws(ExitMessage) in
        try versions.version(redaction ?? .local)
      }
      if let failure { failures.append(failure) }
    }
    let step = GitHubStep()
    if step.isThere {
      let page = try versions.version(redaction ?? .local)
      if let failure = step.tell(of: page, standardFormat: standardFormat) {
        failures.append(failure)
      }
    }
    if let standardFormat {
      var look = Look.standardOutput.with(self.look, environment: environmentVariable)
      look.isWatched = rest != nil
      let bytes = try render(
        try versions.version(redaction ?? .none), standardFormat, look,
        "--format \(standardFormat.name)")
      // A reader that has gone (a pager that was left) is no failure of the probe.
      if let failure = TextStream.standardOutput.writeReport((rest ?? []) + bytes),
        failure.name != "EPIPE"
      {
        failures.append("standard output: \(failure.text)")
      }
    }
    EndingSignals.release()
    if !failures.isEmpty {
      throw ExitMessage(status: .cannotWrite, text: failures.joined(separator: "\nsmtpprobe: "))
    }
  }

  /// What the process ends with: `usually`, but where readers of standard output have rules of their own.
  package func status(for document: any Document, usually: Int) -> Int {
    standardFormat?.exitCode(for: document) ?? usually
  }

  private func render(
    _ document: any Document, _ format: ReportFormat, _ look: Look, _ option: String
  ) throws(ExitMessage) -> [UInt8] {
    if let bytes = format.document(document, look) { return bytes }
    let kind = type(of: document).kind
    let names = ReportFormat.all(of: kind).map(\.name).joined(separator: ", ")
    throw ExitMessage(
      status: .usage, text: "\(option): a report of kind \(kind.rawValue) is written as \(names)")
  }
}

/// A document as it is and as each mode leaves it: files, a capture and a page of GitHub get the same, made once.
private struct RedactedVersions {
  private let document: any Document
  private var made: [RedactionMode: any Document] = [:]

  init(of document: any Document) { self.document = document }

  /// Throws where a stand-in broke the document, which must not go out then.
  mutating func version(_ mode: RedactionMode) throws(ExitMessage) -> any Document {
    if let version = made[mode] { return version }
    guard let version = Redactor.here(mode).redacted(document) else {
      throw ExitMessage(
        status: .bug,
        text: "the report could not be redacted and is not written; --redact none does")
    }
    made[mode] = version
    return version
  }
}
