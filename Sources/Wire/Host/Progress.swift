package import SessionTrace

/// Shows how much is done to a person who waits: a line that is written over on a terminal, and where a
/// heartbeat is asked for a line now and then for a log, so that nobody takes long work for a hanging one.
package final class Progress {
  private let loop: EventLoop
  private let start: Microseconds
  private let line = ProgressLine()
  private let heartbeat: Microseconds?
  private var count: WorkCount
  /// What was begun last, where a person looks.
  private var current: String?
  private var nextHeartbeat: Microseconds = 0
  private var timer: TimerToken?

  /// Nothing is shown before something happens, or a heartbeat is due.
  package init(_ count: WorkCount, loop: EventLoop, heartbeat: Microseconds? = nil) {
    self.count = count
    self.loop = loop
    self.heartbeat = heartbeat
    start = loop.now
    nextHeartbeat = start
    watch()
  }

  /// More pieces of work were asked for, and so many are likely to come behind them.
  package func expect(_ pieces: Int, foreseen: Int = 0) {
    count.expect(pieces, foreseen: foreseen)
    line.show(text)
  }

  /// A piece of work begins that is this.
  package func begin(_ words: String) {
    guard line.isShown else { return }
    current = words
    line.show(text)
  }

  /// One more piece of work is done.
  package func add(isFailure: Bool) {
    count.add(isFailure: isFailure)
    line.show(text)
  }

  /// Leaves an empty line for what is printed next.
  package func clear() {
    line.show("")
    if let timer { loop.cancel(timer) }
    timer = nil
  }

  private func watch() {
    guard let heartbeat, !line.isShown else { return }
    nextHeartbeat += heartbeat
    timer = loop.schedule(at: nextHeartbeat) { [weak self] in
      guard let self else { return }
      try? TextStream.standardError.print("smtpprobe: \(text)\n")
      watch()
    }
  }

  private var text: String {
    let elapsed = loop.now - start
    if let current { return "\(count.brief(after: elapsed)): \(current)" }
    let text = count.text(after: elapsed)
    // The time left stands last, and must not be cut off.
    return line.isShown && text.count > line.room ? count.brief(after: elapsed) : text
  }
}
