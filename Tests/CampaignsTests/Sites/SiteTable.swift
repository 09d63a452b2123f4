/// How investigations came out, by what was wrong with the servers.
struct SiteTable: CustomStringConvertible {
  /// All about those that confirmed what is not at work.
  private(set) var wrong: [String] = []
  private var counts: [String: [SiteRun.Outcome: Int]] = [:]
  private var sessions = 0

  var right: Int { total(.right) }

  mutating func add(_ run: SiteRun) {
    counts[run.one.site.kind, default: [:]][run.outcome, default: 0] += 1
    sessions += run.sessions
    if run.outcome == .wrong { wrong.append(run.description) }
  }

  mutating func add(_ other: SiteTable) {
    counts.merge(other.counts) { $0.merging($1, uniquingKeysWith: +) }
    sessions += other.sessions
    wrong += other.wrong
  }

  private func total(_ outcome: SiteRun.Outcome) -> Int {
    counts.values.reduce(0) { $0 + ($1[outcome] ?? 0) }
  }

  var description: String {
    let columns = SiteRun.Outcome.allCases
    let head = row("what is at work", columns.map(\.rawValue))
    let rows = counts.keys.sorted().map { kind in
      row(kind, columns.map { counts[kind]?[$0].map(String.init) ?? "" })
    }
    let sum = row("all", columns.map { String(total($0)) })
    return ([head] + rows + [sum, "\(sessions) sessions"]).joined(separator: "\n")
  }

  private func row(_ name: String, _ cells: [String]) -> String {
    name + String(repeating: " ", count: max(0, 30 - name.count))
      + cells.map { String(repeating: " ", count: max(1, 11 - $0.count)) + $0 }.joined()
  }
}
