import Diagnosis
import Reporting

/// What a scan says before its first session.
extension ScanSetup {
  /// The line that tells how many targets there are, and the order that repeats this one.
  package func announcement(seed: UInt64, doneBefore: Int) -> String {
    let part = shard.count == 1 ? "" : " of \(list.count), shard \(shard)"
    let before = doneBefore == 0 ? "" : ", \(doneBefore) of them done before"
    return "\(count(members.count, "target"))\(part)\(before); --seed \(seed) repeats this order"
  }

  /// What `--plan` prints: each target with the words that ask for its session alone.
  ///
  /// In the order of the list: the order of a scan is one of chance.
  package var preview: String {
    var lines: [String] = []
    for number in 0..<list.count where members.contains(number) {
      guard let request = try? request(number) else { continue }
      lines.append(ShellCommand(words: request.command).line)
    }
    let part = shard.count == 1 ? "" : " of \(list.count), shard \(shard)"
    lines += ["", "\(count(members.count, "target"))\(part), plan \(plan)"]
    return (lines + ["no connection was opened"]).joined(separator: "\n") + "\n"
  }
}
