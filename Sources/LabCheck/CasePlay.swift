import SessionTrace
import Wire

/// What goes through the runs of a check, some at a time.
package protocol CaseRunner: AnyObject {
  var isDone: Bool { get }
  /// Is told of each run that begins.
  var onBegin: ((String) -> Void)? { get set }
  func start()
  /// Ends what is under way.
  func abandon()
}

/// Has a runner go through all of them on a loop of its own, with progress for a person who waits.
final class CasePlay<Runner: CaseRunner> {
  let runner: Runner
  /// How long it took, on the clock of the wall.
  private(set) var duration: Microseconds = 0

  private let loop: EventLoop
  private let progress: Progress

  /// `failed` says what those are that the progress counts; `make` is given the loop, and what is to be told
  /// of each result.
  init(
    _ count: Int, failed: String, loop: EventLoop,
    make: (EventLoop, @escaping (_ isFailure: Bool) -> Void) throws -> Runner
  ) rethrows {
    self.loop = loop
    let progress = Progress(
      WorkCount(of: "runs", failed: failed, asked: count, timeLeft: "in all"), loop: loop)
    self.progress = progress
    runner = try make(loop) { progress.add(isFailure: $0) }
    runner.onBegin = { progress.begin($0) }
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
