import Probe
import SessionOptions
import SessionTrace
import Testing

@testable import Campaigns
@testable import Simulation

/// Many sessions on a network whose clock is virtual.
@Suite("A pool of sessions")
struct SessionPoolTests {
  @Test(
    "begins them in order, no faster than its rate and no more at a time than its jobs",
    arguments: [(1, 0), (3, 0), (8, 500_000), (1, 500_000)] as [(Int, Microseconds)])
  func paced(jobs: Int, interval: Microseconds) throws {
    let network = PeerNetwork(ContentGauge(size: 0))
    let pool = SessionPool(network: network, jobs: jobs, interval: interval)
    let plan = try plan()
    var ended: [Int] = []
    var most = 0
    for number in 0..<20 {
      pool.submit(plan) { trace in
        #expect(trace.ending == .finished)
        most = max(most, pool.begun - ended.count)
        ended.append(number)
      }
    }
    network.clock.run { pool.open == 0 }
    #expect(ended == Array(0..<20))
    #expect(most <= jobs)
    #expect(pool.begun == 20)
    #expect(network.now >= 19 * interval)
    #expect(interval == 0 || network.now < 20 * interval)
  }

  @Test("tells nothing and begins nothing once it is abandoned")
  func abandoned() throws {
    let network = PeerNetwork(ContentGauge(size: 0))
    let pool = SessionPool(network: network, jobs: 2, interval: 1_000)
    let plan = try plan()
    var ended = 0
    for _ in 0..<9 {
      pool.submit(plan) { _ in
        ended += 1
        if ended == 3 { pool.abandon() }
      }
    }
    network.clock.run { false }
    #expect(ended == 3)
    #expect(pool.begun <= 5 && pool.open == 0)
  }

  /// A message, one command at a time.
  private func plan() throws -> SessionPlan {
    var options = SessionOptions()
    options.tls = .off
    options.pipelining = .off
    options.messageSize = 100
    return try SessionRequest(target: #require(Target("192.0.2.1")), options: options).plan(at: nil)
  }
}
