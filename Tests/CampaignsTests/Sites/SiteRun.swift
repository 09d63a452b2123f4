import Campaigns
import Diagnosis
import Reporting
import SessionOptions
import SessionTrace
@testable import Simulation

/// An investigation of a made-up server, from its start to its end.
struct SiteRun {
  /// What it comes to, beside the truth.
  enum Outcome: String, CaseIterable {
    /// A cause is confirmed that is at work.
    case right
    /// One that is at work, or is all that can be said, is called consistent.
    case consistent
    /// Something else is called consistent.
    case other
    /// A failure, and no cause for it.
    case missed
    /// A failure that comes and goes, or an end before it was understood.
    case open
    /// Every session passes.
    case passes
    /// A cause is confirmed that is not at work.
    case wrong
  }

  let one: SiteCase
  let conclusions: [InvestigationConclusion]
  let sessions: Int
  /// How long it took on the virtual clock.
  let duration: Microseconds
  private let campaign: DiagnosisCampaign

  /// It never came to an end.
  struct NeverEnded: Error {
    var seed: Int
    var site: String
  }

  private static let limit = 200

  /// With the waits that are made up for that seed, or those that are usual.
  init(seed: Int, isUsual: Bool = false) throws {
    var one = SiteCase(seed: seed)
    if isUsual { (one.options.timeouts, one.jobs) = (SessionOptions().timeouts, Self.usualJobs) }
    let network = SiteNetwork(one.site)
    let campaign = DiagnosisCampaign(
      DiagnoseSetup(try one.request), limit: Self.limit, jobs: one.jobs, place: nil,
      describe: { _ in })
    let driver = CampaignDriver(
      campaign, on: network, pace: CampaignPace(jobs: one.jobs, interval: 0))
    driver.start()
    network.clock.run { driver.result != nil || network.clock.isSpinning }
    guard let result = driver.result else {
      throw NeverEnded(seed: seed, site: "\(one.site)")
    }
    self.one = one
    self.campaign = campaign
    conclusions = try result.get()
    sessions = network.connections
    duration = network.now
  }

  /// As many at a time as a diagnosis has by itself.
  private static let usualJobs = 8
  /// How long a reply is waited for by itself.
  private static let usualPatience = Microseconds.seconds(30)

  /// Whether it is one of a session that waits in vain.
  var isStall: Bool {
    guard let control = conclusions.first?.control, conclusions.first?.result != .nothingWrong
    else { return false }
    return control.trace.waited >= Self.usualPatience
  }

  private var confirmed: Set<CauseID> { named { $0 == .confirmed } }

  private func named(_ isMeant: (Grade) -> Bool) -> Set<CauseID> {
    Set(conclusions.flatMap(\.causes).filter { isMeant($0.grade) }.map(\.id))
  }

  var outcome: Outcome {
    let causes = one.site.causes
    if !confirmed.isSubset(of: causes) { return .wrong }
    if !confirmed.isEmpty { return .right }
    guard let first = conclusions.first else { return .open }
    switch first.result {
    case .nothingWrong: return .passes
    case .intermittent, .stopped: return .open
    case .noCause: return .missed
    case .causeFound:
      let consistent = named { $0 <= .consistent }
      if consistent.isEmpty { return .missed }
      return causes.isEmpty || !consistent.isDisjoint(with: causes) ? .consistent : .other
    }
  }

  /// A line a session: what it tried, how it ended, and how long it took.
  private var course: [String] {
    let end = CampaignEnd(conclusion: conclusions, duration: duration)
    let sessions = (try? campaign.report(on: end, arguments: []))?.sessions ?? []
    return sessions.map { one in
      let tried = one.variation.map { "\($0) \(one.variant ?? "")" } ?? "as given"
      return "\(one.number) \(tried): \(one.status)@\(one.stage), \(durationText(one.duration))"
    }
  }

  /// All that is known of it, for whoever looks into it.
  var description: String {
    let findings = conclusions.map { conclusion in
      let causes = conclusion.causes.map {
        "\($0.id) \($0.grade): \($0.pro.joined(separator: "; "))"
      }
      let control = conclusion.controls.map(\.text).joined(separator: " ")
      return "\(conclusion.result) (\(control)): \(causes.joined(separator: " | "))"
    }
    return """
      SMTPPROBE_SEED=\(one.site.seed) swift test --filter SiteTests
      \(one.site)
      \(one.options.commandLine(at: "192.0.2.10").joined(separator: " "))
      \(sessions) sessions, \(durationText(duration))
      \(course.joined(separator: "\n"))
      \(findings.joined(separator: "\n"))
      """
  }
}
