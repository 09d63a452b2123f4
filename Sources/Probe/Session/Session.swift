import SessionOptions
package import SessionTrace
import SMTPDialogue
import TLSEngine
import Wire

/// One SMTP session: joins dialogue, TLS and transport, and keeps the trace.
///
/// It lives on a network's loop and never blocks: every method returns at once, and whatever it
/// waits for has a deadline in ``currentWait``. It judges nothing; it records what happened until
/// one thing ended it, and hands the trace to whoever asked.
///
/// Invariants:
/// 1. Bytes reach the transport only through the outbox, in order, so offsets in the trace are exact.
/// 2. After `finish` the dialogue neither writes nor reads, and nothing it did is recorded anew; an
///    ``Afterword`` adds what it found, for which the trace has places of its own.
/// 3. What the peer does ends in the trace, never in a thrown error.
package final class Session {
  /// Where the session stands between the network and the dialogue.
  enum Phase {
    /// Names are being looked up.
    case resolving
    /// A TCP handshake is under way.
    case connecting(since: Microseconds)
    /// TLS is being set up; the dialogue waits.
    case securing(since: Microseconds)
    /// The dialogue has the connection.
    case talking
    /// A ``Nudge`` has it, before the dialogue's last words; the dialogue waits.
    case nudging(HeldBack)
    /// The trace is complete.
    case finished
  }

  let plan: SessionPlan
  let network: any Network
  let onFinish: (Trace) -> Void
  var phase = Phase.resolving
  var recorder: TraceRecorder
  var dialogue: Dialogue

  var candidates: [Candidate] = []
  var nextCandidate = 0
  var transport: (any Transport)?

  var tls: TLSSession?
  /// What came last under TLS: an answer that began, should it never end.
  var recordTail = RecordTail()
  var outbox = Outbox()
  var segmenter: Segmenter?
  var content: (any ContentSource)?
  /// The message on its way by BDAT; `nil` when it goes by DATA.
  var chunks: ChunkCutter?
  /// Read ahead, to know the last chunk when it is written; `.notYet` when nothing was.
  var chunkAhead = ContentChunk.notYet
  /// Bytes of our stream that left in the SYN and must not be written again.
  var alreadySent = 0

  /// The reset that a write met, while what came before it is still being read.
  var brokenBy: SystemFailure?
  var isBlocked = false
  var pause = WritePause.none
  var isPumpScheduled = false
  /// Last moment at which our bytes moved: accepted by the kernel, or acknowledged.
  var lastProgress: Microseconds
  /// Outstanding bytes when they were last looked at.
  var lastOutstanding = 0
  /// When outstanding bytes are to be looked at next; what is read in between does not put it off.
  var nextSample: Microseconds = 0
  /// Last moment at which a sample showed that outstanding bytes had become fewer; 0 before.
  var lastDrain: Microseconds = 0
  var cancelAlarm: (() -> Void)?
  /// Takes back the end of the pause in writing.
  var cancelPause: (() -> Void)?
  /// At work before the dialogue's last words.
  var nudge: Nudge?
  /// What is found out once all else is over.
  var afterword: Afterword?

  /// Why writing rests although the kernel would take more.
  enum WritePause: Equatable {
    case none
    case until(Microseconds)
    /// Until the kernel says that everything up to this offset was acknowledged.
    case acknowledged(upTo: Int)
  }

  /// What the dialogue wants done once the connection is its own again.
  struct HeldBack {
    var flight: Flight
    var actions: [Dialogue.Action]
  }

  /// A session that begins with ``start()``; `onFinish` is called once.
  package init(
    plan: SessionPlan, network: any Network, onFinish: @escaping (Trace) -> Void
  ) {
    self.plan = plan
    self.network = network
    self.onFinish = onFinish
    self.dialogue = Dialogue(plan.dialogue)
    self.segmenter = plan.segmentation.map { Segmenter(plan: $0.plan) }
    self.recorder = TraceRecorder(
      plan: plan, now: network.now, wallClock: network.wallClockAtZero + network.now)
    self.lastProgress = network.now
  }

  /// What has happened so far, for a report in the middle of things.
  package var trace: Trace { recorder.trace }

  package var isFinished: Bool {
    if case .finished = phase { true } else { false }
  }

  /// Looks the target up, connects, and talks until something ends it.
  package func start() {
    recorder.begin(.resolve, at: network.now)
    rearm()
    network.candidates(
      for: plan.target, family: plan.family, within: plan.timeouts.connect
    ) { [weak self] result in
      self?.resolved(result)
    }
  }

  /// Ends the session from outside: a signal.
  package func interrupt(signal: Int) {
    giveUpConnecting()
    if let nudge {
      // What was held back for it stays held back.
      phase = .talking
      nudge.stop()
    }
    finish(.interrupted(signal: signal))
    afterword?.stop()
  }

  /// Where a stall at this moment would be.
  var stage: Stage {
    switch phase {
    case .resolving: .resolve
    case .connecting: .connect
    case .securing: .tls
    case .talking, .nudging, .finished: dialogue.stage
    }
  }

  /// Closes the books: the kernel's last word; then the trace is handed over, at once or after an
  /// ``Afterword``, which adds to it and changes nothing.
  func finish(_ ending: Ending) {
    guard !isFinished else { return }
    let endingStage = stage
    let wait = currentWait
    if let transport {
      listenToKernel()
      let facts = transport.facts()
      if recorder.isCheckingSegments { recorder.checkSegments(facts) }
      recorder.snapshot(facts, stage: endingStage, at: network.now)
      recorder.trace.environment.congestionControl = transport.congestionControl
    }
    keepPartialReply(endedBy: ending)
    recorder.trace.ending = ending
    recorder.trace.endingStage = endingStage
    // What ended by our own choice waited for nothing.
    recorder.trace.waited = ending == .finished ? 0 : wait.map { network.now - $0.since } ?? 0
    recorder.trace.duration = network.now - recorder.start
    recorder.trace.segmentsOmitted = recorder.trace.segments.omitted
    phase = .finished
    cancelAlarm?()
    cancelPause?()
    transport?.onReady = nil
    guard let afterword = makeAfterword(after: ending) else {
      sayGoodbye(after: ending)
      return onFinish(recorder.trace)
    }
    self.afterword = afterword
    afterword.start(
      leaving: { [weak self] in self?.sayGoodbye(after: ending) },
      done: { [weak self] nudge, length in
        guard let self else { return }
        self.recorder.add(nudge, length)
        self.onFinish(self.recorder.trace)
      })
  }

  /// Closes the connection; TLS is closed by its own word where the session ended by our choice.
  ///
  /// The ledger was closed before: the close notification is no part of what was diagnosed.
  private func sayGoodbye(after ending: Ending) {
    guard let transport else { return }
    if case .finished = ending, let tls, tls.isEstablished {
      _ = transport.write(tls.close().bytes[...], endsSegment: false, wantsTimestamps: false)
    }
    // Bytes that never left must not leave after the verdict: a message that stalled here would
    // otherwise be delivered behind our back once the peer reads again.
    let unsent = max(recorder.trace.ledger.unsent, transport.facts().unsent ?? 0)
    transport.close(withReset: unsent > 0)
    self.transport = nil
  }
}
