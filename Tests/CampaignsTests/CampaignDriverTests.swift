import Campaigns
import Diagnosis
import Probe
import Reporting
import SessionOptions
import SessionTrace
import Testing
import Wire

@testable import Simulation

/// One driver for every machine, on a network whose clock is virtual.
@Suite("A campaign")
struct CampaignDriverTests {
  /// Swallows envelopes of one size.
  private static let boundary = Site(faults: [.swallowsLength(513)])

  private func request(_ change: (inout SessionOptions) -> Void = { _ in }) throws -> SessionRequest
  {
    var options = SessionOptions()
    options.tls = .off
    options.ehlo = "probe.example.org"
    options.timeouts.reply = .fixed(.seconds(1))
    change(&options)
    return SessionRequest(target: try #require(Target("192.0.2.10")), options: options)
  }

  private func sweep(
    _ range: ClosedRange<Int>, limit: Int? = nil
  ) throws -> SweepCampaign {
    let setup = try SweepSetup(option: .envelopeSize, range: range, of: request())
    return SweepCampaign(
      setup, plan: SweepPlan(option: .envelopeSize, range: range, sessionLimit: limit),
      place: nil, describe: { _ in })
  }

  @Test("that sweeps finds the size at which a server fails, and keeps a session that shows it")
  func sweeps() throws {
    let network = SiteNetwork(Self.boundary)
    let campaign = try sweep(500...530)
    let counts = Counts()
    let driver = CampaignDriver(
      campaign, on: network, pace: CampaignPace(jobs: 8), observer: counts)
    driver.start()
    network.clock.run { driver.result != nil }
    let conclusion = try #require(try driver.result?.get())
    #expect(conclusion.kind == .isolated)
    #expect(conclusion.failing.map(\.from) == [513])
    let end = CampaignEnd(conclusion: conclusion, duration: network.now)
    let report = campaign.report(on: end, arguments: ["smtpprobe"])
    #expect(report.firstFailure?.verdict.status == .stalled)
    #expect(report.startedAt != nil && report.target.localPort == nil)
    #expect(counts.asked == network.connections && counts.ended == counts.asked)
    #expect(counts.failed == conclusion.failing[0].tries)
    #expect(counts.tried.contains("envelope size 513"))
  }

  @Test("that diagnoses finds the cause, and reports every session of it")
  func diagnoses() throws {
    let network = SiteNetwork(Self.boundary)
    let campaign = DiagnosisCampaign(
      DiagnoseSetup(try request { $0.envelopeSize = 513 }), limit: 200, jobs: 4, place: nil,
      describe: { _ in })
    let driver = CampaignDriver(campaign, on: network, pace: CampaignPace(jobs: 4))
    driver.start()
    network.clock.run { driver.result != nil }
    let conclusions = try #require(try driver.result?.get())
    #expect(conclusions.first?.cause?.id == .resegBoundaryLoss)
    #expect(conclusions.first?.cause?.grade == .confirmed)
    let end = CampaignEnd(conclusion: conclusions, duration: network.now)
    let report = try campaign.report(on: end, arguments: ["smtpprobe"])
    #expect(report.sessions.count == network.connections)
    #expect(report.control?.verdict.status == .stalled)
  }

  @Test("begins sessions no faster than its pace", arguments: [0, 500_000] as [Microseconds])
  func pace(interval: Microseconds) throws {
    let network = SiteNetwork(Site())
    let driver = CampaignDriver(
      try sweep(500...509), on: network, pace: CampaignPace(jobs: 8, interval: interval))
    driver.start()
    network.clock.run { driver.result != nil }
    #expect(network.connections == 10)
    #expect(network.now >= 9 * interval)
  }

  @Test("makes no more connections than it may")
  func limit() throws {
    let network = SiteNetwork(Site())
    let driver = CampaignDriver(
      try sweep(500...530, limit: 7), on: network, pace: CampaignPace(jobs: 3))
    driver.start()
    network.clock.run { driver.result != nil }
    #expect(try driver.result?.get().stop == .sessionLimit)
    #expect(network.connections == 7)
  }

  @Test("goes on slower behind a 421, and leaves a server alone that lets nobody in")
  func turnedAway() throws {
    let network = SiteNetwork(Site(lockOut: (from: 5, how: .says421)))
    let driver = CampaignDriver(
      try sweep(500...530), on: network, pace: CampaignPace(jobs: 1, interval: .seconds(1)))
    driver.start()
    network.clock.run { driver.result != nil }
    #expect(try driver.result?.get().stop == .turnedAway)
    network.clock.run { false }
    // A round is asked for at once, so that none of it is known to have the server to itself.
    #expect(network.connections == 4 + 16)
  }

  @Test("that is stopped concludes on what there was, and drops what is under way")
  func stopped() throws {
    let network = SiteNetwork(Site())
    let driver = CampaignDriver(
      try sweep(500...530), on: network, pace: CampaignPace(jobs: 2, interval: .seconds(1)))
    driver.start()
    network.clock.schedule(at: .seconds(5)) { driver.stop() }
    network.clock.run { driver.result != nil }
    let conclusion = try #require(try driver.result?.get())
    #expect(conclusion.stop == .signal && conclusion.tested > 0)
    let connections = network.connections
    network.clock.run { false }
    #expect(network.connections == connections)
  }

  @Test("that is stopped before it knows the addresses opens no connection")
  func stoppedAtOnce() throws {
    let network = SiteNetwork(Site())
    let campaign = DiagnosisCampaign(
      DiagnoseSetup(try request()), limit: 200, jobs: 4, place: nil, describe: { _ in })
    let driver = CampaignDriver(campaign, on: network, pace: CampaignPace(jobs: 4))
    driver.start()
    driver.stop()
    network.clock.run { false }
    #expect(try driver.result?.get().first?.result == .stopped)
    #expect(network.connections == 0)
  }

  @Test("tells its machine of a session that cannot be made")
  func impossible() throws {
    let network = SiteNetwork(Site())
    let driver = CampaignDriver(
      NumberedTrials(.impossible("no such session")), on: network, pace: CampaignPace(jobs: 1))
    driver.start()
    network.clock.run { driver.result != nil }
    #expect(try driver.result?.get() == ["1: no such session", "2: no such session"])
  }

  @Test("ends at once where its sessions cannot be planned")
  func unplannable() throws {
    let network = SiteNetwork(Site())
    let driver = CampaignDriver(
      NumberedTrials(nil), on: network, pace: CampaignPace(jobs: 1))
    driver.start()
    #expect(throws: PlanError.self) { try driver.result?.get() }
    #expect(network.connections == 0)
  }
}

/// Counts what a campaign tells.
private final class Counts: CampaignObserver {
  private(set) var asked = 0
  private(set) var ended = 0
  private(set) var failed = 0

  /// What was tried, in order.
  private(set) var tried: [String] = []

  func expect(_ sessions: Int, foreseen: Int) { asked += sessions }

  func begin(_ words: String) { tried.append(words) }

  func add(isFailure: Bool) {
    ended += 1
    if isFailure { failed += 1 }
  }
}

/// Asks for two sessions, and concludes with what it hears of them.
private final class NumberedTrials: Campaign {
  struct Asker: Machine {
    private var heard: [String] = []

    mutating func start() -> MachineAction<Int, [String]> { .run([1, 2]) }

    mutating func receive(_ input: MachineInput<Int>) -> MachineAction<Int, [String]> {
      switch input {
      case .ended(let trial, _, let verdict): heard.append("\(trial): \(verdict.status)")
      case .impossible(let trial, let reason): heard.append("\(trial): \(reason)")
      case .stopped: return .conclude(heard)
      }
      return heard.count == 2 ? .conclude(heard) : .wait
    }
  }

  var machine = Asker()
  private let planned: PlannedSession?

  /// `nil` where no session can be planned.
  init(_ planned: PlannedSession?) { self.planned = planned }

  func prepare(on network: any Network, _ ready: @escaping () -> Void) { ready() }

  func session(for trial: Int) throws -> PlannedSession {
    guard let planned else { throw PlanError(.usage, "cannot be planned") }
    return planned
  }

  func words(for trial: Int) -> String { "number \(trial)" }

  func take(_ trace: inout Trace, of trial: Int) -> Verdict { verdict(of: trace) }
}
