import Campaigns
import Diagnosis
import Probe
import SessionOptions
import SessionTrace
import Testing
import Wire

@testable import Simulation

/// A sweep waits for what stalls, and for nothing else.
@Suite("The time of a sweep")
struct SweepTimeTests {
  private static let patience: Microseconds = .seconds(5)
  private static let sizes = 200...1_299

  struct Row: CustomStringConvertible, Sendable {
    var description: String
    var faults: [SiteFault]
    var jobs = 50
    var isExhaustive = true
  }

  static let rows = [
    Row(description: "healthy", faults: []),
    Row(description: "one size", faults: [.swallowsLength(513)]),
    Row(description: "every eleventh size", faults: [.swallowsEvery(11)]),
    Row(description: "every eleventh size, few at a time", faults: [.swallowsEvery(11)], jobs: 8),
    Row(description: "every large size", faults: [.losesLengths(1_000...65_535, unlessCut: false)]),
    Row(
      description: "every large size, with a search",
      faults: [.losesLengths(1_000...65_535, unlessCut: false)], isExhaustive: false),
    Row(
      description: "every fifth size, with a search", faults: [.swallowsEvery(5)], jobs: 8,
      isExhaustive: false),
  ]

  @Test("is at most a quarter more than its rounds need", arguments: rows.indices)
  func time(index: Int) throws {
    let row = Self.rows[index]
    let healthy = try sweep(600...600, of: Row(description: "one session", faults: [], jobs: 1))
    let sweep = try sweep(Self.sizes, of: row)
    #expect(sweep.conclusion.stop == nil || !row.isExhaustive)
    #expect(sweep.conclusion.tested >= (row.isExhaustive ? Self.sizes.count : 50))
    #expect(sweep.conclusion.failing.isEmpty == row.faults.isEmpty)
    let least = sweep.rounds.reduce(0) {
      $0 + $1.least(jobs: row.jobs, stall: Self.patience, other: healthy.time)
    }
    #expect(
      sweep.time * 4 <= least * 5,
      "\(row): \(sweep.time) µs, where \(sweep.rounds.count) rounds need \(least)")
  }

  private func sweep(
    _ range: ClosedRange<Int>, of row: Row
  ) throws -> (conclusion: SweepConclusion, time: Microseconds, rounds: [Rounds.Round]) {
    var options = SessionOptions()
    options.tls = .off
    options.ehlo = "probe.example.org"
    options.timeouts.reply = .fixed(Self.patience)
    let request = SessionRequest(target: try #require(Target("192.0.2.10")), options: options)
    let campaign = SweepCampaign(
      try SweepSetup(option: .envelopeSize, range: range, of: request),
      plan: SweepPlan(option: .envelopeSize, range: range, isExhaustive: row.isExhaustive),
      place: nil, describe: { _ in })
    let network = SiteNetwork(Site(faults: row.faults))
    let rounds = Rounds()
    let driver = CampaignDriver(
      campaign, on: network, pace: CampaignPace(jobs: row.jobs), observer: rounds)
    driver.start()
    network.clock.run { driver.result != nil }
    return (try #require(try driver.result?.get()), network.now, rounds.all)
  }
}

/// What a sweep asked for, round by round, and how much of it failed.
private final class Rounds: CampaignObserver {
  struct Round {
    var sessions: Int
    var failed = 0

    /// A session cannot be cut: the stalls alone take so many waits one after the other.
    func least(jobs: Int, stall: Microseconds, other: Microseconds) -> Microseconds {
      let waits = Microseconds((failed + jobs - 1) / jobs) * stall
      let work = Microseconds(failed) * stall + Microseconds(sessions - failed) * other
      return max(waits, work / Microseconds(jobs))
    }
  }

  private(set) var all: [Round] = []

  func expect(_ sessions: Int, foreseen: Int) { all.append(Round(sessions: sessions)) }

  func begin(_ words: String) {}

  func add(isFailure: Bool) { if isFailure { all[all.count - 1].failed += 1 } }
}
