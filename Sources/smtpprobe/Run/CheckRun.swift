import ArgumentParser
import Campaigns
import Glibc
import Lab
import LabCheck
import Probe
import SessionOptions
import SessionTrace
import Wire

/// Plays a check to its end on a loop of its own, with progress for a person who waits.
final class CheckRun {
  /// What has been played so far.
  var report: CheckReport {
    CheckReport(
      version: toolVersion, results: cases.inOrder(runner.results, id: \.id),
      missing: cases.count - runner.results.count, duration: duration)
  }

  private let cases: [CheckCase]
  private let loop: EventLoop
  private let runner: CheckRunner
  private let progress: CheckProgress
  private var duration: Microseconds = 0

  init(_ cases: [CheckCase], jobs: Int, knownFailures: KnownFailures) throws {
    self.cases = cases
    loop = try EventLoop(forgivesStalls: true)
    let progress = CheckProgress(runs: cases.count, word: "not as wanted")
    self.progress = progress
    var reader = RunReader()
    runner = CheckRunner(
      cases, loop: loop, jobs: jobs, knownFailures: knownFailures,
      prepare: { (one) throws(UnplayableRun) in try reader.prepare(one) },
      onResult: { progress.add(isFailure: $0.outcome.isFailure) })
  }

  /// Plays; the signal that ended it early, if one did.
  func play() throws -> Int32? {
    let start = loop.realNow
    let signal = try loop.play(start: runner.start) { [runner] in runner.isDone }
    runner.abandon()
    duration = loop.realNow - start
    progress.clear()
    return signal
  }
}

extension EventLoop {
  /// Turns until all is done or a signal wants it ended; that signal.
  func play(start: () -> Void, until isDone: @escaping () -> Bool) throws -> Int32? {
    var signal: Int32?
    try onSignals(EndingSignals.numbers) { signal = $0 }
    start()
    try run { isDone() || signal != nil }
    return signal
  }
}

extension [CheckCase] {
  /// Results in the order of these cases, not in that in which they happened to end.
  func inOrder<Told>(_ results: [Told], id: (Told) -> String) -> [Told] {
    let places = Dictionary(
      enumerated().map { ($0.element.id, $0.offset) }, uniquingKeysWith: { first, _ in first })
    return results.sorted { places[id($0), default: 0] < places[id($1), default: 0] }
  }
}

/// Reads the words of runs by the parser of the command line, so that the two cannot differ.
///
/// That takes milliseconds for each, and two runs in three have the options of another: those are read once.
private struct RunReader {
  private var commands: [[String]: ProbeCommand] = [:]

  mutating func prepare(_ one: CheckCase) throws(UnplayableRun) -> PreparedRun {
    let command = try command(one)
    return { (place) throws(UnplayableRun) in
      let plan = try explained {
        try command.request(standardInput: one.fixture.message).plan(at: place)
      }
      return CheckPlan(session: plan) { Int(command.exitCode(for: $0)) }
    }
  }

  private mutating func command(_ one: CheckCase) throws(UnplayableRun) -> ProbeCommand {
    var command: ProbeCommand
    if let known = commands[one.run.options] {
      command = known
    } else {
      command = try explained { try ProbeCommand.parse(one.arguments) }
      commands[one.run.options] = command
    }
    command.target = one.arguments.first.flatMap { Target($0) }
    command.fault = one.run.faultsEnabled
    return command
  }
}

/// What the user would have read, instead of the error that would have said so.
private func explained<Value>(_ work: () throws -> Value) throws(UnplayableRun) -> Value {
  do {
    return try work()
  } catch let message as ExitMessage {
    throw UnplayableRun(reason: message.text)
  } catch let error as PlanError {
    throw UnplayableRun(reason: error.description)
  } catch {
    throw UnplayableRun(reason: ProbeCommand.message(for: error))
  }
}
