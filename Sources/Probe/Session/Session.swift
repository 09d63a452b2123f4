import SessionOptions
package import SessionTrace
import Authentication
package import SMTPDialogue
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
/// 2. After `finish` the dialogue neither writes nor reads, and nothing it did is recorded anew; a
///    ``PostSession`` adds what it found, for which the trace has places of its own.
/// 3. What the peer does ends in the trace, never in a thrown error.
package final class Session {
  /// Where the session stands between the network and the dialogue.
  enum Phase {
    /// Names are being looked up.
    case resolving
    /// The domain's policy is being looked up; who gives it up is not told any more.
    case consulting(since: Microseconds, giveUp: () -> Void)
    /// A TCP handshake is under way.
    case connecting(Connecting)
    /// TLS is being set up; the dialogue waits.
    case securing(since: Microseconds)
    /// The dialogue has the connection.
    case talking
    /// A ``Nudge`` has it, before the dialogue's last words; the dialogue waits.
    case nudging(Nudge, HeldBack)
    /// The host will not do; the next one is tried in the next turn.
    case passingOver
    /// The books are closed; a ``PostSession`` may be adding what it finds.
    case finished(PostSession?)
  }

  /// An attempt to connect.
  struct Connecting {
    var since: Microseconds
  }

  /// What the dialogue wants done once the connection is its own again.
  struct HeldBack {
    var flight: Flight
    var actions: [Dialogue.Action]
  }

  let plan: SessionPlan
  let network: any Network
  let onFinish: (Trace) -> Void
  var phase = Phase.resolving
  var recorder: TraceRecorder
  var dialogue: Dialogue
  /// From the end of the search for it on, where there is one that binds or is tested.
  var policyInForce: PolicyInForce?
  /// Who is left to try when the one at hand will not do.
  var further: ArraySlice<Candidate> = []
  /// From the first attempt to connect up to the goodbye.
  var channel: Channel?
  /// While names are being looked up.
  var daneSearch: DANESearch?
  /// What DANE says of each host; empty where nobody asked.
  var daneFindings: [String: DANEFinding] = [:]
  /// From AUTH on.
  var exchange: Exchange?
  var sender: Sender
  var progress: ProgressWatch
  /// Whether the message may have 8-bit bytes that nobody has met yet.
  var mayHoldEightBit: Bool
  /// Whether the kernel keeps the end of what was written back, until more has gone to it.
  var isCorked = false
  /// What the kernel said when the first reply of the read at hand was booked; `nil` outside of one.
  var factsOfRead: KernelFacts?
  var cancelAlarm: (() -> Void)?
  /// Takes back the end of the pause in writing.
  var cancelPause: (() -> Void)?

  /// A session that begins with ``start()``; `onFinish` is called once.
  package init(
    plan: SessionPlan, network: any Network, onFinish: @escaping (Trace) -> Void
  ) {
    self.plan = plan
    self.network = network
    self.onFinish = onFinish
    self.dialogue = Dialogue(plan.dialogue)
    self.sender = Sender(plan.segmentation)
    // Who declares the body himself has declared it.
    self.mayHoldEightBit =
      plan.dialogue.message.map { $0.hasEightBit == nil } ?? false
      && !plan.dialogue.mailParameters.contains { $0.is("BODY") }
    self.recorder = TraceRecorder(
      plan: plan, now: network.now, wallClock: network.wallClockAtZero + network.now)
    self.progress = ProgressWatch(at: network.now)
  }

  /// What has happened so far, for a report in the middle of things.
  package var trace: Trace { recorder.trace }

  /// What has been said that nobody else may read.
  package var secrets: SecretRedactor { recorder.redactor }

  /// Whether nothing more is to be done with the connection at hand.
  package var isFinished: Bool {
    switch phase {
    case .finished, .passingOver: true
    case .resolving, .consulting, .connecting, .securing, .talking, .nudging: false
    }
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
    giveUpConsulting()
    if case .passingOver = phase { phase = .connecting(Connecting(since: network.now)) }
    if case .nudging(let nudge, _) = phase {
      // What was held back for it stays held back.
      phase = .talking
      nudge.stop()
    }
    finish(.interrupted(signal: signal))
    if case .finished(let postSession?) = phase { postSession.stop() }
  }

  /// Where a stall at this moment would be.
  var stage: Stage {
    switch phase {
    case .resolving, .consulting: .resolve
    case .connecting, .passingOver: .connect
    case .securing: .tls
    case .talking, .nudging, .finished: dialogue.stage
    }
  }

  /// Closes the books: the kernel's last word; then the trace is handed over, at once or after an
  /// ``PostSession``, which adds to it and changes nothing.
  func finish(_ ending: Ending) {
    guard !isFinished, !passesOver(after: ending) else { return }
    let endingStage = stage
    let wait = currentWait
    if let channel {
      askKernel()
      let facts = channel.transport.facts()
      if recorder.isCheckingSegments { recorder.checkSegments(facts) }
      recorder.snapshot(facts, stage: endingStage, at: network.now)
      recorder.trace.environment.congestionControl = channel.transport.congestionControl
      if let own = channel.tls?.lastSummary?.clientCertificate {
        recorder.trace.tls?.clientCertificate = own
      }
      // Also behind the reply that ends the session.
      if let isClean = channel.closeNotify { recorder.trace.tls?.closeNotify = isClean }
    }
    keepPartialReply(endedBy: ending)
    recordOutcome(of: ending)
    settleDANE(ending)
    recorder.trace.ending = ending
    recorder.trace.endingStage = endingStage
    // What ended by our own choice waited for nothing.
    recorder.trace.waited = ending == .finished ? 0 : wait.map { network.now - $0.since } ?? 0
    recorder.trace.duration = network.now - recorder.start
    recorder.trace.segmentsOmitted = recorder.trace.segments.omitted
    let postSession = makePostSession(after: ending)
    phase = .finished(postSession)
    cancelAlarm?()
    cancelPause?()
    channel?.transport.onReady = nil
    guard let postSession else {
      sayGoodbye(after: ending)
      return handOver()
    }
    postSession.start(
      leaving: { [weak self] in self?.sayGoodbye(after: ending) },
      done: { [weak self] nudge, length in
        guard let self else { return }
        self.recorder.add(nudge, length)
        self.handOver()
      })
  }

  private func handOver() {
    recorder.trace.bound()
    onFinish(recorder.trace)
  }

  /// Closes the connection; TLS is closed by its own word where the session ended by our choice.
  ///
  /// The ledger was closed before: the close notification is no part of what was diagnosed.
  private func sayGoodbye(after ending: Ending) {
    channel?.tls?.remember()
    channel?.close(politely: ending == .finished, unsent: recorder.trace.ledger.unsent)
    channel = nil
  }
}
