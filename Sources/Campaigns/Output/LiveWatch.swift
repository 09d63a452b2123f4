import Probe
package import Reporting
import SessionTrace
import Wire

/// Shows a session to a person while it happens: its dialogue as it goes, and where it stands still the time that
/// has been waited.
///
/// A terminal may be stopped (Ctrl-S) or slow. Nothing is written that would wait for it, since the loop is
/// that of the session: what it does not take now, it gets later.
package final class LiveWatch {
  /// Where, and what.
  package enum Scene: Sendable, Equatable {
    /// Standard output is a terminal that gets a text: all of it.
    case dialogue
    /// Standard error is one: the waiting.
    case waiting
  }

  private let stream: TextStream
  private let line: ProgressLine
  private let currentLook: () -> Look
  private let scene: Scene
  private var dialogue = LiveDialogue()
  /// What the terminal has not taken yet.
  private var pending: [UInt8] = []
  private var isWaitShown = false
  private var toldAt: Microseconds = 0
  private weak var session: Session?
  private var loop: EventLoop?
  private var timer: TimerToken?
  /// When that began which the timer counts from.
  private var waitedSince = Microseconds.min

  /// A silence of this length is told.
  private static let patience = Microseconds.seconds(1)
  /// Where lines cannot be written over, it is told so often.
  private static let rarely = Microseconds.seconds(10)

  package init(_ scene: Scene, _ asked: AskedLook) {
    self.scene = scene
    stream = scene == .dialogue ? .standardOutput : .standardError
    line = ProgressLine(on: stream)
    currentLook = { Look.standardOutput.with(asked, environment: environmentVariable) }
  }

  /// What standard output is still to get in front of the report; `nil` where it has nothing of this.
  package var rest: [UInt8]? { scene == .dialogue ? pending : nil }

  /// From now on until ``end(of:)``, whenever it is told to look, and each second of a wait.
  func begin(_ session: Session, on loop: EventLoop) {
    self.session = session
    self.loop = loop
  }

  /// Shows what is new.
  func look() {
    guard let session, let loop else { return }
    if scene == .dialogue { say(dialogue.news(of: session.trace, currentLook())) }
    flush()
    let since = session.currentWait?.since ?? loop.now
    guard since != waitedSince else { return }
    waitedSince = since
    schedule(at: since + Self.patience, on: loop)
  }

  private func schedule(at moment: Microseconds, on loop: EventLoop) {
    if let timer { loop.cancel(timer) }
    timer = loop.schedule(at: moment) { [weak self] in self?.tick() }
  }

  private func tick() {
    timer = nil
    guard let session, let loop else { return }
    wait(session, at: loop.now)
    let waited = max(0, loop.now - waitedSince)
    schedule(at: waitedSince + (waited / Self.patience + 1) * Self.patience, on: loop)
  }

  /// Shows the last of it, as far as the terminal takes it now.
  func end(of trace: Trace) {
    if let timer { loop?.cancel(timer) }
    timer = nil
    loop = nil
    clearWait()
    if scene == .dialogue { say(dialogue.end(of: trace, currentLook()) + [0x0A]) }
    flush()
  }

  private func wait(_ session: Session, at now: Microseconds) {
    guard let wait = session.currentWait, now - wait.since >= Self.patience else { return }
    let text = waitInWords(
      wait.kind, in: session.trace, for: now - wait.since, of: wait.limit,
      room: line.isShown ? line.room : .max)
    if line.isShown {
      // One that was not taken yet is out of date.
      if !pending.isEmpty, isWaitShown { return flush() }
      pending += line.bytes(text)
      isWaitShown = true
    } else if now - toldAt >= Self.rarely || toldAt < wait.since {
      toldAt = now
      pending += shown(text).utf8 + [0x0A]
    }
    flush()
  }

  private func say(_ bytes: [UInt8]) {
    guard !bytes.isEmpty else { return }
    clearWait()
    pending += bytes
  }

  private func clearWait() {
    guard isWaitShown else { return }
    isWaitShown = false
    pending += line.bytes("")
  }

  private func flush() {
    let most = 512
    while !pending.isEmpty, stream.isWritable {
      guard stream.write(Array(pending.prefix(most))) == nil else {
        pending = []
        return
      }
      pending.removeFirst(min(most, pending.count))
    }
  }
}
