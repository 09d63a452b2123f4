package import Reporting
package import SessionTrace

/// How far a scan is, for standard error and for a metrics collector.
package struct ScanProgress: Sendable, Equatable {
  package var tally: ScanTally
  package var expected: Int
  /// Done by earlier runs.
  package var doneBefore: Int
  package var elapsed: Microseconds

  package init(tally: ScanTally, expected: Int, doneBefore: Int, elapsed: Microseconds) {
    self.tally = tally
    self.expected = expected
    self.doneBefore = doneBefore
    self.elapsed = elapsed
  }

  /// Of this run, a second, in tenths.
  private var tenthsPerSecond: Int64 {
    Int64(tally.done - doneBefore) * 10_000_000 / max(1, elapsed)
  }

  /// `1200 of 20000 done, 18800 left, 612.3/s, 1190 ok, 10 failed, about 31 s left`.
  package var text: String {
    let left = max(0, expected - tally.done)
    let rate = tenthsPerSecond
    let counted =
      "\(tally.done) of \(expected) done, \(left) left, \(rate / 10).\(rate % 10)/s, \(tally.ok) ok,"
      + " \(tally.failed) failed"
    guard left > 0, rate > 0 else { return counted }
    return counted + ", about \(Int64(left) * 10 / rate + 1) s to go"
  }

  /// The same for a Prometheus textfile collector.
  package var metrics: [UInt8] {
    var text = MetricsText()
    text.add(
      "smtpprobe_scan_targets", .gauge, help: "Targets of this scan, or of this shard of it.",
      [.init(expected)])
    text.add(
      "smtpprobe_scan_results_total", .counter, help: "Targets that are done, by how they ended.",
      ScanStatus.all.map { .init(tally.counts[$0] ?? 0, [("status", $0.word)]) })
    text.add(
      "smtpprobe_scan_left", .gauge, help: "Targets that are still to come.",
      [.init(max(0, expected - tally.done))])
    text.add(
      "smtpprobe_scan_seconds", .gauge, help: "Time since this run began.",
      [.init(microseconds: elapsed)])
    return text.bytes
  }
}
