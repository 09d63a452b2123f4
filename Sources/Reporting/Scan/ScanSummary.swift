import Diagnosis
package import SessionTrace

/// What a scan came to: the last line of its output, and what standard error says.
package struct ScanSummary: Sendable, Equatable {
  package var plan: String
  package var shard: Shard
  /// `nil` where lines of several runs were joined.
  package var seed: UInt64?
  /// Targets of the whole list.
  package var targets: Int
  /// Those of this part.
  package var expected: Int
  package var tally: ScanTally
  /// Of those, done by an earlier run that this one took up.
  package var doneBefore: Int
  package var duration: Microseconds
  /// Why it ended early; `nil` where it did not.
  package var stopped: String?
  package var tool: ToolRecord

  package init(
    plan: String, shard: Shard, seed: UInt64?, targets: Int, expected: Int, tally: ScanTally,
    doneBefore: Int, duration: Microseconds, stopped: String?,
    tool: ToolRecord = ToolRecord(environment: EnvironmentRecord())
  ) {
    self.plan = plan
    self.shard = shard
    self.seed = seed
    self.targets = targets
    self.expected = expected
    self.tally = tally
    self.doneBefore = doneBefore
    self.duration = duration
    self.stopped = stopped
    self.tool = tool
  }

  /// The name of such a line among JSON documents.
  package static let kind = DocumentKind.scanSummary

  /// Targets of this part that have no result.
  package var left: Int { max(0, expected - tally.done) }

  /// The last line.
  package var line: [UInt8] {
    var counts = JSONLine()
    for (status, count) in tally.rows { counts.add(status.word, count) }
    var tool = JSONLine()
    tool.add("name", self.tool.name)
    tool.add("version", self.tool.version)
    var line = JSONLine()
    line.add("kind", Self.kind.rawValue)
    line.add("schema_version", SessionReport.schemaVersion)
    line.add("complete", left == 0)
    line.add("targets", targets)
    line.add("expected", expected)
    line.add("done", tally.done)
    line.add("left", left)
    line.add("done_before", doneBefore)
    line.add("counts", object: counts)
    line.add("plan", plan)
    line.add("shard", shard.description)
    line.add("seed", seed)
    line.add("duration_us", duration)
    line.add("stopped", stopped)
    line.add("tool", object: tool)
    return line.line
  }

  /// The same for people, in one or two lines.
  package var text: String {
    let part = shard.count == 1 ? "" : " of shard \(shard)"
    let before = doneBefore == 0 ? "" : ", \(doneBefore) of them before"
    let rest = left == 0 ? "" : "; \(left) left" + (stopped.map { ": \($0)" } ?? "")
    return "smtpprobe: \(tally.done) of \(expected) targets\(part) in \(durationText(duration))"
      + "\(before): \(tally.text)\(rest)\n"
  }
}
