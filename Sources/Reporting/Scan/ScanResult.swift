package import Diagnosis
package import SessionTrace

/// Which scan a line belongs to, and where in its list the target stands.
///
/// On every line, so that the lines of a scan that was killed, or of some of its parts, can be joined
/// without anything else.
package struct ScanPlace: Sendable, Equatable {
  /// What was to be done to whom: the same for all parts of a scan, and for it when it goes on.
  package var plan: String
  package var shard: Shard
  /// Targets of the whole list.
  package var targets: Int
  /// Of this one among them, from 1.
  package var number: Int
  /// In the file, from 1.
  package var line: Int

  package init(plan: String, shard: Shard, targets: Int, number: Int, line: Int) {
    self.plan = plan
    self.shard = shard
    self.targets = targets
    self.number = number
    self.line = line
  }
}

/// What became of one target of a scan: a line of its output.
package struct ScanResult: Sendable {
  package var status: ScanStatus
  /// As the list has it.
  package var target: String
  /// The list's own remark, as it was written there.
  package var tag: ArraySlice<UInt8>?
  package var place: ScanPlace
  /// `nil` where there was no session.
  package var session: Session?
  /// One sentence.
  package var summary: String

  /// What is told of a session.
  package struct Session: Sendable {
    var verdict: Verdict
    var target: TargetRecord
    var startedAt: String
    var duration: Microseconds
    var tlsVersion: String?
  }

  /// A session.
  package init(
    _ trace: Trace, _ verdict: Verdict, target: String, tag: ArraySlice<UInt8>?, place: ScanPlace
  ) {
    status = .session(verdict.status)
    self.target = target
    self.tag = tag
    self.place = place
    session = Session(
      verdict: verdict, target: trace.target, startedAt: trace.startedAt,
      duration: trace.duration, tlsVersion: trace.tls?.version)
    summary = verdict.summary
  }

  /// None, and why.
  package init(
    _ status: ScanStatus, _ reason: String, target: String, tag: ArraySlice<UInt8>?,
    place: ScanPlace
  ) {
    self.status = status
    self.target = target
    self.tag = tag
    self.place = place
    summary = escapedText(reason.utf8)
  }
}

extension ScanResult {
  /// The name of such a line among JSON documents.
  package static let kind = DocumentKind.scan

  /// The line (manual, "Many targets").
  package var line: [UInt8] {
    var line = JSONLine()
    line.add("status", status.word)
    line.add("target", target)
    line.add("tag", written: tag)
    line.add("stage", session?.verdict.stage.rawValue)
    line.add("exit_code", session?.verdict.exitCode)
    line.add("custody", session?.verdict.custody?.rawValue)
    line.add("ledger", object: session.map { $0.verdict.ledger.object })
    line.add("host", session?.target.host)
    line.add("address", session?.target.address)
    line.add("port", session?.target.port)
    line.add("mx_preference", session?.target.mxPreference)
    line.add("started_at", session?.startedAt)
    line.add("duration_us", session?.duration)
    line.add("waited_us", session?.verdict.waited)
    line.add("tls", session?.tlsVersion)
    line.add("summary", summary)
    line.add("error", session?.verdict.error)
    line.add("kind", Self.kind.rawValue)
    line.add("schema_version", SessionReport.schemaVersion)
    line.add("scan", object: place.object)
    return line.line
  }
}

extension Ledger {
  fileprivate var object: JSONLine {
    var object = JSONLine()
    object.add("written", written)
    object.add("sent", sent)
    object.add("acknowledged", acknowledged)
    object.add("answered", answered)
    object.add("unsent", unsent)
    object.add("received", received)
    return object
  }
}

extension ScanPlace {
  fileprivate var object: JSONLine {
    var object = JSONLine()
    object.add("plan", plan)
    object.add("shard", shard.description)
    object.add("targets", targets)
    object.add("number", number)
    object.add("line", line)
    return object
  }

  /// The place that a line tells; `nil` where it tells none.
  package init?(_ value: JSONValue) {
    guard let scan = value["scan"], let plan = scan["plan"]?.text,
      let shard = scan["shard"]?.text.flatMap({ Shard($0) }),
      let targets = scan["targets"]?.integer, let number = scan["number"]?.integer,
      let line = scan["line"]?.integer, (1...max(1, targets)).contains(number)
    else { return nil }
    self.init(plan: plan, shard: shard, targets: targets, number: number, line: line)
  }
}
