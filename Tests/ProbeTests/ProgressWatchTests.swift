import SessionTrace
import Testing

@testable import Probe

@Suite("Whether our bytes move")
struct ProgressWatchTests {
  /// Samples a session with a limit of 1 s, eight a second, until it crawls; the seconds that it took.
  private func secondsUntilCrawl(rate: Int, drains: Bool = false) -> Int? {
    var watch = ProgressWatch(at: 0)
    for step in 0..<800 {
      let acknowledged = rate * step / 8
      let outstanding = drains && step % 80 == 79 ? 0 : 10_000
      watch.sampled(
        outstanding: outstanding, written: acknowledged + outstanding, at: Int64(step) * 125_000,
        within: .seconds(1))
      if watch.isCrawling { return step / 8 }
    }
    return nil
  }

  @Test(
    "Bytes that move too slowly for twenty waits are a crawl",
    arguments: [(0, 20), (64, 20), (999, 20), (1_000, nil), (100_000, nil)] as [(Int, Int?)])
  func crawl(rate: Int, seconds: Int?) {
    #expect(secondsUntilCrawl(rate: rate) == seconds)
  }

  @Test("A stretch ends where all was acknowledged: our own pauses are no crawl")
  func pauses() {
    #expect(secondsUntilCrawl(rate: 1, drains: true) == nil)
  }
}
