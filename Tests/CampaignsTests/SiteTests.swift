import Glibc
import Testing

/// Thousands of investigations of made-up servers on a virtual clock, each held against what is truly at work.
///
/// A seed gives the same server, the same session and the same course each time.
@Suite("Investigations of made-up servers")
struct SiteTests {
  private static let count = 2_000
  private static let perTask = 100

  /// The seeds; one alone when the environment names it.
  private static var seeds: [Range<Int>] {
    if let text = unsafe getenv("SMTPPROBE_SEED"), let seed = unsafe Int(String(cString: text)) {
      return [seed..<(seed + 1)]
    }
    return stride(from: 0, to: count, by: perTask).map { $0..<($0 + perTask) }
  }

  @Test("confirm no cause that is not at work")
  func nothingWrong() async {
    let table = await withTaskGroup(of: SiteTable.self) { group in
      for seeds in Self.seeds {
        group.addTask {
          var table = SiteTable()
          for seed in seeds {
            do {
              let run = try SiteRun(seed: seed)
              if Self.seeds == [seeds], seeds.count == 1 { print(run.description) }
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
    print(table)
    #expect(table.wrong.isEmpty, "\(table.wrong.joined(separator: "\n"))")
    // What is at work is mostly found, or this test would show nothing.
    #expect(Self.seeds.count == 1 || table.right >= Self.count / 4)
  }
}
