package import Reporting
import SessionTrace
package import Wire

/// Lines of scans and of their parts, joined: each target once, whatever was told of it again.
///
/// It holds a bit for each target and nothing of the lines.
package struct ScanMerge {
  private struct Plan {
    var plan: String
    var targets: Int
    var shards: Int
    /// Where it was read first.
    var file: String
  }

  private var plan: Plan?
  private var done = NumberSet(below: 0)
  private var shardsSeen: Set<Int> = []
  private var tally = ScanTally()
  /// The longest of the runs: they may have been at work at the same time.
  private var duration: Microseconds = 0
  /// Results that were told again: of a run that was killed between a result and its journal.
  package private(set) var repeated = 0
  /// Lines that are no whole JSON: the last one of a run that was killed.
  package private(set) var unread = 0

  package init() {}

  /// Takes the line of a file; returns whether it is a result to be passed on.
  package mutating func take(_ bytes: [UInt8], of file: String) throws(ExitMessage) -> Bool {
    guard !bytes.isEmpty else { return false }
    guard let value = try? JSONValue(bytes[...]), let kind = value["kind"]?.text else {
      unread += 1
      return false
    }
    switch kind {
    case ScanResult.kind.rawValue:
      guard let place = ScanPlace(value), let word = value["status"]?.text,
        let status = ScanStatus(word: word)
      else {
        unread += 1
        return false
      }
      try check(place.plan, place.shard, place.targets, file)
      guard !done.contains(place.number - 1) else {
        repeated += 1
        return false
      }
      done.insert(place.number - 1)
      tally.add(status)
      return true
    case ScanSummary.kind.rawValue:
      guard let plan = value["plan"]?.text,
        let shard = (value["shard"]?.text).flatMap({ Shard($0) }),
        let targets = value["targets"]?.integer
      else {
        unread += 1
        return false
      }
      try check(plan, shard, targets, file)
      duration = max(duration, Microseconds(value["duration_us"]?.integer ?? 0))
      return false
    default:
      throw ExitMessage(
        status: .badInput, text: "\(file): JSON of kind \(kind), and no line of a scan")
    }
  }

  /// Refuses what belongs to another scan.
  private mutating func check(
    _ plan: String, _ shard: Shard, _ targets: Int, _ file: String
  ) throws(ExitMessage) {
    guard let known = self.plan else {
      self.plan = Plan(plan: plan, targets: targets, shards: shard.count, file: file)
      done = NumberSet(below: targets)
      shardsSeen = [shard.number]
      return
    }
    guard known.plan == plan, known.targets == targets else {
      throw ExitMessage(
        status: .badInput,
        text:
          "\(file) and \(known.file): different scans (plan \(plan), plan \(known.plan)): their lists or"
          + " their options differ")
    }
    guard known.shards == shard.count else {
      throw ExitMessage(
        status: .badInput,
        text: "\(file) and \(known.file): one has \(shard.count) shards, the other \(known.shards)")
    }
    shardsSeen.insert(shard.number)
  }

  /// What all of them came to; `nil` where there was no line of a scan.
  package var summary: ScanSummary? {
    plan.map {
      ScanSummary(
        plan: $0.plan, shard: .whole, seed: nil, targets: $0.targets, expected: $0.targets,
        tally: tally, doneBefore: 0, duration: duration,
        stopped: missingTargets.isEmpty ? nil : "missing")
    }
  }

  /// Shards of which no line is there.
  package var missingShards: [ClosedRange<Int>] {
    ranges(1...max(1, plan?.shards ?? 1)) { !shardsSeen.contains($0) }
  }

  /// Targets that have no result, by their numbers from 1.
  package var missingTargets: [ClosedRange<Int>] {
    guard let plan, plan.targets > 0 else { return [] }
    return ranges(1...plan.targets) { !done.contains($0 - 1) }
  }

  private func ranges(
    _ all: ClosedRange<Int>, where isIn: (Int) -> Bool
  ) -> [ClosedRange<Int>] {
    var ranges: [ClosedRange<Int>] = []
    for number in all where isIn(number) {
      if let last = ranges.last, last.upperBound == number - 1 {
        ranges[ranges.count - 1] = last.lowerBound...number
      } else {
        ranges.append(number...number)
      }
    }
    return ranges
  }
}

extension ScanMerge {
  /// What standard error says: the summary, and what is missing.
  package var text: String {
    var text = summary?.text ?? ""
    if repeated > 0 { text += "smtpprobe: \(repeated) told again, and left out\n" }
    if unread > 0 { text += "smtpprobe: \(unread) lines that are none of a scan, or cut short\n" }
    if !missingShards.isEmpty {
      text += "smtpprobe: missing: shard \(Self.text(missingShards)) of \(plan?.shards ?? 1)\n"
    }
    if !missingTargets.isEmpty {
      text += "smtpprobe: missing: target \(Self.text(missingTargets)) of \(plan?.targets ?? 0)\n"
    }
    return text
  }

  /// `3, 7-9`, and how many more where there are many.
  private static func text(_ ranges: [ClosedRange<Int>]) -> String {
    let shown = ranges.prefix(20).map {
      $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)"
    }
    let rest = ranges.dropFirst(20).map(\.count).reduce(0, +)
    return shown.joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
  }
}
