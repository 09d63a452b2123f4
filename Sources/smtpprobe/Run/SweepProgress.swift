import Diagnosis
import SessionTrace
import Wire

/// Counts the sessions of a sweep, with the time left: a line that is written over on a terminal, and
/// a line every ten seconds for a log, so that nobody takes a long sweep for a hanging one.
final class SweepProgress {
  private let loop: EventLoop
  private let start: Microseconds
  private let line = ProgressLine()
  private var nextHeartbeat: Microseconds
  private var done = 0
  private var failed = 0
  private var asked = 0
  private var timer: TimerToken?

  private static let heartbeat = Microseconds.seconds(10)

  init(loop: EventLoop) {
    self.loop = loop
    start = loop.now
    nextHeartbeat = loop.now + Self.heartbeat
    watch()
  }

  /// More sessions were asked for.
  func expect(_ sessions: Int) {
    asked += sessions
    line.show(text)
  }

  /// One more session has ended.
  func add(isOK: Bool) {
    done += 1
    if !isOK { failed += 1 }
    line.show(text)
  }

  /// Leaves an empty line for what is printed next.
  func clear() {
    line.show("")
    if let timer { loop.cancel(timer) }
    timer = nil
  }

  private func watch() {
    guard !line.isShown else { return }
    timer = loop.schedule(at: nextHeartbeat) { [weak self] in
      guard let self else { return }
      _ = TextStream.standardError.write(Array("smtpprobe: \(text)\n".utf8))
      nextHeartbeat += Self.heartbeat
      watch()
    }
  }

  private var text: String {
    let counted = "\(done) of \(asked) sessions so far, \(failed) not ok"
    guard done > 0, asked > done else { return counted }
    let left = (loop.now - start) * Int64(asked - done) / Int64(done)
    return counted + ", about \(left / 1_000_000 + 1) s left in this round"
  }
}
