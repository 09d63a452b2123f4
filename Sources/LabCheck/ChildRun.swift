import Diagnosis
import Lab
import Reporting
import SessionTrace
import Wire

/// A run that this program plays in a process of its own: one whose fixture has a network.
///
/// A network takes a whole process with it, and building it takes a while, which the other sessions
/// on the loop would feel.
final class ChildRun {
  private let program: ChildProgram
  private let loop: EventLoop
  private let done: (Result<ToldRun, UnplayableRun>) -> Void
  private var timer: TimerToken?

  /// Starts the program that is running now; `done` is called once from the loop.
  init(
    _ one: CheckCase, loop: EventLoop, limit: Microseconds,
    done: @escaping (Result<ToldRun, UnplayableRun>) -> Void
  ) throws(UnplayableRun) {
    self.loop = loop
    self.done = done
    do {
      program = try ChildProgram(
        ["/proc/self/exe"] + one.arguments + ["--format", "json"], input: one.fixture.message)
      try program.watch(on: loop) { [unowned self] in finish() }
    } catch {
      throw UnplayableRun(reason: error.description)
    }
    let seconds = limit / 1_000_000
    timer = loop.schedule(at: loop.now + limit) { [weak self] in
      self?.end(.failure(UnplayableRun(reason: "did not end within \(seconds) seconds")))
    }
  }

  private func finish() {
    guard let status = program.exitStatus(), let report = try? SavedReport(json: program.written)
    else {
      let lines = program.complaints.split(separator: UInt8(ascii: "\n"))
      let words = lines.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "; ")
      return end(.failure(UnplayableRun(reason: words.isEmpty ? "no report came" : words)))
    }
    end(
      .success(
        ToldRun(
          observation: Observation(report.verdict, on: report.trace, exit: status),
          summary: report.verdict.summary, duration: report.trace.duration, wasCutShort: false)))
  }

  private func end(_ result: Result<ToldRun, UnplayableRun>) {
    if let timer { loop.cancel(timer) }
    // Not from within: who hears of it lets this run go.
    loop.soon { [done] in done(result) }
  }
}
