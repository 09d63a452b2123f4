import Lab
import Probe
import SessionTrace
package import Wire

/// Plays runs against the probe, some at a time, all of them and their servers on one loop.
///
/// One thread serves both ends of every session, so nothing here may take long: the loop that is late
/// for one session is late for all.
package final class CheckRunner: CaseRunner {
  /// What has been played so far, in the order in which the sessions ended.
  package private(set) var results: [CheckResult] = []
  /// Whether nothing is left to play.
  package var isDone: Bool { waiting.isEmpty && playing.isEmpty && children.isEmpty }

  private struct Waiting {
    var one: CheckCase
    /// `nil` where a process of its own will read the words.
    var prepared: Result<PreparedRun, UnplayableRun>?
  }

  private let loop: EventLoop
  private let network: KernelNetwork
  private let jobs: Int
  private let knownFailures: KnownFailures
  private let onResult: (CheckResult) -> Void
  private var waiting: ArraySlice<Waiting>
  private var playing: [Int: LabSession] = [:]
  private var children: [Int: ProcessRun<SessionResult>] = [:]
  private var lastNumber = 0

  /// A run still playing after this long is ended: no wait is without a deadline.
  private static let limit = Microseconds.seconds(120)

  /// Plays `cases` once ``start()`` is called, `jobs` at a time.
  ///
  /// `prepare` reads the words of each run played here, all of them now: that takes milliseconds, in which a
  /// session that were under way would be kept waiting by us and told as if its server did it.
  /// `onResult` hears of each run as it ends.
  package init(
    _ cases: [CheckCase], loop: EventLoop, jobs: Int, knownFailures: KnownFailures,
    prepare: (CheckCase) throws(UnplayableRun) -> PreparedRun,
    onResult: @escaping (CheckResult) -> Void
  ) {
    waiting =
      cases.map { one in
        guard one.fixture.network == nil else { return Waiting(one: one, prepared: nil) }
        do throws(UnplayableRun) {
          return Waiting(one: one, prepared: .success(try prepare(one)))
        } catch {
          return Waiting(one: one, prepared: .failure(error))
        }
      }[...]
    self.loop = loop
    self.jobs = jobs
    self.knownFailures = knownFailures
    self.onResult = onResult
    network = KernelNetwork(loop: loop)
  }

  package var onBegin: ((String) -> Void)?

  /// Begins as many runs as may play at once, one a turn of the loop; the rest follow as they end.
  package func start() {
    guard playing.count + children.count < jobs, let next = waiting.popFirst() else { return }
    onBegin?(next.one.id)
    do {
      try play(next.one, next.prepared)
    } catch {
      finish(next.one, error)
    }
    loop.soon { [weak self] in self?.start() }
  }

  /// Plays no more; what is playing is dropped.
  package func abandon() {
    waiting = []
    for run in playing.values { run.abandon() }
    playing = [:]
    children = [:]
  }

  private func play(
    _ one: CheckCase, _ prepared: Result<PreparedRun, UnplayableRun>?
  ) throws(UnplayableRun) {
    lastNumber += 1
    let number = lastNumber
    if let prepared {
      try playHere(one, number, try prepared.get())
    } else {
      children[number] = try ProcessRun(
        one.arguments + ["--format", "json"], input: one.fixture.message, loop: loop,
        limit: Self.limit, read: SessionResult.init
      ) { [weak self] result in
        self?.childEnded(number, one, result)
      }
    }
  }

  private func childEnded(
    _ number: Int, _ one: CheckCase, _ result: Result<SessionResult, UnplayableRun>
  ) {
    children[number] = nil
    switch result {
    case .success(let told): finish(one, told)
    case .failure(let error):
      finish(one, error)
      start()
    }
  }

  private func playHere(
    _ one: CheckCase, _ number: Int, _ prepared: PreparedRun
  ) throws(UnplayableRun) {
    let server: LabServer
    do {
      server = try LabServer(
        fixture: one.fixture, loop: loop, faultsEnabled: one.run.faultsEnabled)
    } catch {
      throw UnplayableRun(reason: error.description)
    }
    let plan = try prepared(server.address)
    let run = LabSession(
      server: server, plan: plan, network: network, loop: loop, limit: Self.limit
    ) { [weak self] told in
      self?.playing[number] = nil
      self?.finish(one, told)
    }
    playing[number] = run
    run.start()
  }

  private func finish(_ one: CheckCase, _ told: SessionResult) {
    let complaints =
      (told.wasCutShort ? ["did not end within \(Self.limit / 1_000_000) seconds"] : [])
      + told.untruths + one.run.expectation.mismatches(with: told.observation)
    keep(
      one, told: told.observation.outcome, complaints: complaints, summary: told.summary,
      duration: told.duration)
    start()
  }

  private func finish(_ one: CheckCase, _ error: UnplayableRun) {
    keep(
      one, told: nil, complaints: ["cannot be played: \(escapedText(error.reason.utf8))"],
      summary: "", duration: 0)
  }

  private func keep(
    _ one: CheckCase, told: String?, complaints: [String], summary: String, duration: Microseconds
  ) {
    let result = CheckResult(
      one, told: told, complaints: complaints, summary: summary, duration: duration,
      knownReason: knownFailures.reasons[one.id])
    results.append(result)
    onResult(result)
  }
}
