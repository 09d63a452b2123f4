import Lab
import Probe
package import Reporting
import SessionOptions
import SessionTrace
package import Wire

/// A scan on this host's network.
package struct LiveScan {
  private let loop: EventLoop
  /// Servers of the fixtures in the list, kept alive while sessions run.
  private let labs: [String: LabRun]
  private let metrics: ReportFile?
  private let output: ScanOutput
  private let pace: CampaignPace
  private let rules: AddressGate.Rules
  private let isQuiet: Bool

  /// Descriptors beside those of sessions: streams, epoll, signals, files, lookups.
  private static let spare = 64
  /// A log hears of it so often; a terminal, and the metrics, each second.
  private static let heartbeat = 5

  /// Starts the fixtures of the list. Of what the pace asks for, only so much is done as this host has
  /// descriptors for; `remark` is told. With `isQuiet` nobody hears how far it is.
  package init(
    _ setup: ScanSetup, pace: CampaignPace, rules: AddressGate.Rules, metrics: ReportFile? = nil,
    output: ScanOutput = .standard, isQuiet: Bool = false, remark: (String) -> Void
  ) throws {
    // A reader of standard output that takes its time must not make sessions look slow.
    loop = try EventLoop(forgivesStalls: true)
    self.metrics = metrics
    self.output = output
    self.isQuiet = isQuiet
    self.rules = rules
    // Beside each session a lookup, and the other end where that is a fixture.
    let perSession = setup.labs.isEmpty ? 2 : 3
    let wanted = pace.jobs * perSession + setup.labs.count + Self.spare
    let had = descriptors(wanted: wanted)
    self.pace = pace.limited(to: max(1, (had - setup.labs.count - Self.spare) / perSession))
    if self.pace.jobs < pace.jobs {
      remark(
        "\(pace.jobs) sessions at a time need \(wanted) descriptors, and this host allows \(had)"
          + " (ulimit -n): \(self.pace.jobs) at a time")
    }
    var labs: [String: LabRun] = [:]
    for given in setup.labs {
      guard case .lab(let name)? = Target(given)?.place else { continue }
      labs[given] = try LabRun(
        namedFixture(name), playsFault: setup.playsFault, overIPv6: false, loop: loop)
    }
    self.labs = labs
  }

  /// Runs it to its end, or to that of what there is when a signal comes; tells the summary.
  package func run(
    _ setup: ScanSetup, seed: UInt64, journal: ScanJournal?
  ) throws -> (summary: ScanSummary, signal: Int32?) {
    let network = KernelNetwork(loop: loop)
    let campaign = ScanCampaign(
      setup, seed: seed, window: pace.jobs * 4, journal: journal,
      places: labs.mapValues(\.server.address), output: output.name, write: output.write)
    let driver = CampaignDriver(
      campaign, on: network, pace: pace, through: AddressGate(network: network, rules: rules))
    var signal: Int32?
    try loop.onSignals(EndingSignals.numbers) {
      signal = $0
      driver.stop()
    }
    campaign.onTrouble = { [loop, weak driver] in loop.soon { driver?.stop() } }
    let start = loop.realNow
    let progress = { [loop] in
      ScanProgress(
        tally: campaign.tally, expected: setup.members.count,
        doneBefore: journal?.tally.done ?? 0, elapsed: loop.realNow - start)
    }
    let watch = Watch(loop: loop, metrics: metrics, isQuiet: isQuiet, progress)
    driver.start()
    try loop.run { driver.result != nil }
    for lab in labs.values { lab.server.stop() }
    try watch.end()
    if let trouble = campaign.trouble { throw trouble }
    if case .failure(let error)? = driver.result { throw error }
    let summary = campaign.summary(
      seed: seed, duration: loop.realNow - start, stopped: signal.map { "signal \($0)" })
    return (summary, signal)
  }

  /// Tells how far it is, each second.
  private final class Watch {
    private let loop: EventLoop
    private let metrics: ReportFile?
    private let isQuiet: Bool
    private let progress: () -> ScanProgress
    private let line = ProgressLine()
    private var seconds = 0
    private var timer: TimerToken?

    init(
      loop: EventLoop, metrics: ReportFile?, isQuiet: Bool,
      _ progress: @escaping () -> ScanProgress
    ) {
      self.loop = loop
      self.metrics = metrics
      self.isQuiet = isQuiet
      self.progress = progress
      schedule()
    }

    private func schedule() {
      timer = loop.schedule(at: loop.now + .seconds(1)) { [weak self] in
        self?.tell()
        self?.schedule()
      }
    }

    private func tell() {
      seconds += 1
      let progress = progress()
      if !isQuiet { tell(progress.text) }
      _ = metrics?.write(progress.metrics)
    }

    private func tell(_ text: String) {
      if line.isShown {
        line.show(text)
      } else if seconds % LiveScan.heartbeat == 0 {
        try? TextStream.standardError.print("smtpprobe: \(text)\n")
      }
    }

    /// The last word: an empty line, and the metrics as they stay.
    func end() throws(ExitMessage) {
      if let timer { loop.cancel(timer) }
      if !isQuiet { line.show("") }
      if let failure = metrics?.write(progress().metrics) {
        throw ExitMessage(status: .cannotWrite, text: "--prometheus: \(failure.text)")
      }
    }
  }
}

extension CampaignPace {
  fileprivate func limited(to most: Int) -> CampaignPace {
    CampaignPace(jobs: min(jobs, most), interval: interval)
  }
}
