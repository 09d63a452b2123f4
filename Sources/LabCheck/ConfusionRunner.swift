import Lab
import SessionTrace
package import Wire

/// Diagnoses runs, some at a time, each in a process of its own.
///
/// Where a server does the same every time and is called intermittent all the same, this machine was too
/// busy for the deadlines of the run. Such a diagnosis is made once more, alone, and that counts.
package final class ConfusionRunner: CaseRunner {
  /// What has been diagnosed so far, in the order in which the diagnoses ended.
  package private(set) var results: [ConfusionResult] = []
  /// Whether nothing is left to diagnose.
  package var isDone: Bool { waiting.isEmpty && playing.isEmpty && doubted.isEmpty }

  private let loop: EventLoop
  private let jobs: Int
  private let onResult: (ConfusionResult) -> Void
  private var waiting: ArraySlice<CheckCase>
  /// To be diagnosed once more, alone, when all others are done.
  private var doubted: ArraySlice<CheckCase> = []
  private var isRepeating = false
  private var playing: [Int: ProcessRun<DiagnosisResult>] = [:]
  private var lastNumber = 0

  /// A diagnosis still under way after this long is ended: no wait is without a deadline.
  private static let limit = Microseconds.seconds(600)

  /// Diagnoses `cases` once ``start()`` is called, `jobs` at a time; `onResult` hears of each as it ends.
  ///
  /// Runs that fail come first, because they take many sessions and timeouts, and those that end well
  /// fill what is left.
  package init(
    _ cases: [CheckCase], loop: EventLoop, jobs: Int,
    onResult: @escaping (ConfusionResult) -> Void
  ) {
    let healthy = cases.filter { ConfusionTruth($0).course == .healthy }
    waiting = (cases.filter { ConfusionTruth($0).course != .healthy } + healthy)[...]
    self.loop = loop
    self.jobs = jobs
    self.onResult = onResult
  }

  package var onBegin: ((String) -> Void)?

  /// Begins as many diagnoses as may go on at once, one a turn of the loop; the rest follow.
  package func start() {
    if waiting.isEmpty, playing.isEmpty, !isRepeating {
      isRepeating = true
      waiting = doubted
      doubted = []
    }
    guard playing.count < (isRepeating ? 1 : jobs), let next = waiting.popFirst() else { return }
    lastNumber += 1
    let number = lastNumber
    onBegin?(next.id)
    do {
      playing[number] = try ProcessRun(
        ["diagnose"] + next.arguments + ["--format", "json"], input: next.fixture.message,
        loop: loop, limit: Self.limit, read: { DiagnosisResult(json: $1) }
      ) { [weak self] result in
        self?.playing[number] = nil
        self?.keep(next, result)
        self?.start()
      }
    } catch {
      keep(next, .failure(error))
    }
    loop.soon { [weak self] in self?.start() }
  }

  /// Diagnoses no more; what is under way is ended.
  package func abandon() {
    waiting = []
    doubted = []
    playing = [:]
  }

  private func keep(_ one: CheckCase, _ told: Result<DiagnosisResult, UnplayableRun>) {
    let result =
      switch told {
      case .success(let told): ConfusionResult(one, told: told)
      case .failure(let error): ConfusionResult(one, told: nil, complaint: error.reason)
      }
    if result.isMadeIntermittent, !isRepeating {
      doubted.append(one)
      return
    }
    results.append(result)
    onResult(result)
  }
}
