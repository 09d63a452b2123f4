import Glibc
import SessionTrace
import Testing

/// Thousands of investigations of made-up servers on a virtual clock, each held against what is truly at work.
///
/// A seed gives the same server, the same session and the same course each time.
@Suite("Investigations of made-up servers")
struct SiteTests {
  private static let count = 2_000
  private static let perTask = 100

  /// The seeds; others when the environment names them: `SMTPPROBE_SEED=1900`, `2000..5999`.
  private static let seeds: ClosedRange<Int> = {
    guard let text = unsafe getenv("SMTPPROBE_SEED") else { return 0...(count - 1) }
    let ends = unsafe String(cString: text).split(separator: "..").compactMap { Int($0) }
    guard let first = ends.first, let last = ends.last, first <= last else {
      return 0...(count - 1)
    }
    return first...last
  }()

  @Test("confirm no cause that is not at work")
  func nothingWrong() async {
    let table = await Self.table(of: Self.seeds, isUsual: false)
    print(table)
    #expect(table.wrong.isEmpty, "\(table.wrong.joined(separator: "\n"))")
    // What is at work is mostly found, or this test would show nothing.
    #expect(Self.seeds.count < Self.count || table.right >= Self.count / 4)
  }

  /// Of these servers every other thinks long, loses segments, or has two faults: the lab's are quicker.
  @Test("take a minute and a half at the usual waits, hardly ever over three, and are right")
  func pace() async {
    let table = await Self.table(of: Self.seeds, isUsual: true)
    print(table)
    #expect(table.wrong.isEmpty, "\(table.wrong.joined(separator: "\n"))")
    guard Self.seeds.count >= Self.count else { return }
    #expect(table.stallTime(ofHundred: 50) <= .seconds(90))
    #expect(table.stallTime(ofHundred: 90) <= .seconds(180))
    #expect(table.otherTime(ofHundred: 50) <= .seconds(10))
  }

  private static func table(of seeds: ClosedRange<Int>, isUsual: Bool) async -> SiteTable {
    await withTaskGroup(of: SiteTable.self) { group in
      for start in stride(from: seeds.lowerBound, through: seeds.upperBound, by: perTask) {
        group.addTask {
          var table = SiteTable()
          for seed in seeds.clamped(to: start...(start + perTask - 1)) {
            do {
              let run = try SiteRun(seed: seed, isUsual: isUsual)
              if seeds.count == 1 { print(run.description) }
              table.add(run)
            } catch {
              Issue.record("SMTPPROBE_SEED=\(seed): \(error)")
            }
          }
          return table
        }
      }
      return await group.reduce(into: SiteTable()) { $0.add($1) }
    }
  }
}
