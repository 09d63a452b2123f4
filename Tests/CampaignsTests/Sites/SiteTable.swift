import SessionTrace

/// How investigations came out, by what was wrong with the servers.
struct SiteTable: CustomStringConvertible {
  /// All about those that confirmed what is not at work.
  private(set) var wrong: [String] = []
  private var counts: [String: [SiteRun.Outcome: Int]] = [:]
  private var sessions = 0
  /// How long those took that waited in vain, and the others, by what is at work.
  private var stalls: [String: [Microseconds]] = [:]
  private var others: [Microseconds] = []
  /// The seeds of those that took longest, and how long that was.
  private var slowest: [(time: Microseconds, seed: Int)] = []

  private static let shown = 40

  var right: Int { total(.right) }

  mutating func add(_ run: SiteRun) {
    counts[run.one.site.kind, default: [:]][run.outcome, default: 0] += 1
    sessions += run.sessions
    slowest.append((run.duration, run.one.site.seed))
    if run.isStall {
      stalls[run.one.site.kind, default: []].append(run.duration)
    } else {
      others.append(run.duration)
    }
    if run.outcome == .wrong { wrong.append(run.description) }
  }

  mutating func add(_ other: SiteTable) {
    counts.merge(other.counts) { $0.merging($1, uniquingKeysWith: +) }
    sessions += other.sessions
    stalls.merge(other.stalls) { $0 + $1 }
    others += other.others
    slowest += other.slowest
    wrong += other.wrong
  }

  /// How long those take that wait in vain: the time in which so many of a hundred are done.
  func stallTime(ofHundred share: Int) -> Microseconds {
    Self.time(stalls.values.flatMap(\.self), ofHundred: share)
  }

  /// The same of all others.
  func otherTime(ofHundred share: Int) -> Microseconds { Self.time(others, ofHundred: share) }

  private static func time(_ times: [Microseconds], ofHundred share: Int) -> Microseconds {
    guard !times.isEmpty else { return 0 }
    return times.sorted()[min(times.count - 1, times.count * share / 100)]
  }

  private func total(_ outcome: SiteRun.Outcome) -> Int {
    counts.values.reduce(0) { $0 + ($1[outcome] ?? 0) }
  }

  var description: String {
    let columns = SiteRun.Outcome.allCases
    let head = row("what is at work", columns.map(\.rawValue) + ["median, s", "90 %, s"])
    let rows = counts.keys.sorted().map { kind in
      row(
        kind,
        columns.map { counts[kind]?[$0].map(String.init) ?? "" } + times(stalls[kind] ?? []))
    }
    let sum = row(
      "all", columns.map { String(total($0)) } + times(stalls.values.flatMap(\.self)))
    let others = row("without a stall", columns.map { _ in "" } + times(others))
    let slow = slowest.sorted { $0.time > $1.time }.prefix(Self.shown).map {
      "\($0.seed) (\($0.time / 1_000_000) s)"
    }
    return
      ([head] + rows
      + [sum, others, "\(sessions) sessions", "slowest: \(slow.joined(separator: ", "))"])
      .joined(separator: "\n")
  }

  /// Of stalls.
  private func times(_ times: [Microseconds]) -> [String] {
    guard !times.isEmpty else { return ["", ""] }
    return [50, 90].map { String(Self.time(times, ofHundred: $0) / 1_000_000) }
  }

  private func row(_ name: String, _ cells: [String]) -> String {
    name + String(repeating: " ", count: max(0, 30 - name.count))
      + cells.map { String(repeating: " ", count: max(1, 11 - $0.count)) + $0 }.joined()
  }
}
