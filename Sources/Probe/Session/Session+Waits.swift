import SessionOptions
package import SessionTrace
import SMTPDialogue
import Wire

extension Session {
  /// What the session waits for now, since when, and how long it may.
  package struct CurrentWait {
    package var kind: Ending.Wait
    package var since: Microseconds
    package var limit: Microseconds

    var deadline: Microseconds { since + limit }
  }

  /// The wait in force; `nil` only when the session is over.
  package var currentWait: CurrentWait? {
    let limit = plan.timeouts.limit(rfc5321: dialogue.patience)
    switch phase {
    // A nudge has deadlines of its own.
    case .finished, .passingOver, .nudging: return nil
    case .resolving:
      return CurrentWait(kind: .resolve, since: recorder.start, limit: resolveLimit)
    case .consulting(let since, _):
      // It ends by itself, and says at which step; this is for a search that does not.
      let limit = (plan.policy?.limit ?? 0) + .milliseconds(100)
      return CurrentWait(kind: .resolve, since: since, limit: limit)
    case .connecting(let attempt):
      return CurrentWait(kind: .connect, since: attempt.since, limit: plan.timeouts.connect)
    case .securing(let since):
      return CurrentWait(kind: .handshake, since: since, limit: limit)
    case .talking:
      if sender.hasMore {
        // A pause of our own making is nobody's delay.
        let resumes: Microseconds = if case .until(let moment)? = sender.rest { moment } else { 0 }
        return CurrentWait(
          kind: .write, since: max(progress.lastProgress, resumes), limit: farewellLimit ?? limit)
      }
      // While bytes of ours drain, slowly but surely, the reply to them is not yet due.
      let since = max(recorder.dueSince, progress.lastDrain)
      return CurrentWait(kind: .reply, since: since, limit: farewellLimit ?? limit)
    }
  }

  /// The lookups end by themselves, each in its time, and say which of them failed; this is for one that
  /// does not. A domain has two: for its exchangers, then for the addresses of all of them at once. DANE has up
  /// to four for each host (``DANELookup``).
  private var resolveLimit: Microseconds {
    let lookups: Microseconds = if case .mailDomain = plan.target.place { 2 } else { 1 }
    return plan.timeouts.connect * (lookups + (plan.dane == nil ? 0 : 4)) + .milliseconds(100)
  }

  /// A refused session waits for its last replies only as long as an MTA would.
  private var farewellLimit: Microseconds? {
    dialogue.isLeaving && recorder.isDeliveryRefused
      ? min(plan.timeouts.farewell, plan.timeouts.limit(rfc5321: dialogue.patience)) : nil
  }

  /// Sets the alarm to the next moment at which something must be looked at.
  func rearm() {
    cancelAlarm?()
    cancelAlarm = nil
    guard let wait = currentWait else { return }
    var moment = wait.deadline
    if case .talking = phase {
      moment = min(moment, progress.nextLook(at: network.now, within: wait.limit))
    }
    if let total = plan.timeouts.total { moment = min(moment, recorder.start + total) }
    cancelAlarm = network.schedule(at: max(moment, network.now)) { [weak self] in self?.alarm() }
  }

  private func alarm() {
    guard !isFinished else { return }
    sampleProgress()
    if progress.isCrawling, plan.endsCrawls { return finishCrawling() }
    guard isDeadlinePassed else {
      rearm()
      return
    }
    // On a busy machine the deadline may be served before what arrived ahead of it: bytes that the
    // kernel has are not missing. A turn later, everything that could be read has been.
    network.soon { [weak self] in self?.lookOnceMore() }
  }

  private func lookOnceMore() {
    askKernel()
    ready([.readable, .writable, .error])
    guard !isFinished, !isNudging, isDeadlinePassed, let wait = currentWait else { return }
    if isTotalPassed {
      giveUpConnecting()
      giveUpConsulting()
      finish(.timedOut(.total))
    } else {
      passed(wait)
    }
  }

  /// Each byte is progress, so that no wait's limit would ever end it.
  private func finishCrawling() {
    recorder.trace.notes.append(
      "ended while our bytes still moved: for \(ProgressWatch.crawlingWaits) times the limit of a reply "
        + "less than \(ProgressWatch.leastRate) bytes a second were acknowledged")
    finish(.timedOut(.total))
  }

  private var isDeadlinePassed: Bool {
    isTotalPassed || currentWait.map { network.now >= $0.deadline } ?? false
  }

  private var isTotalPassed: Bool {
    plan.timeouts.total.map { network.now >= recorder.start + $0 } ?? false
  }

  private func sampleProgress() {
    guard case .talking = phase, let channel else { return }
    askKernel()
    let facts = channel.transport.facts()
    recorder.sampled(facts, at: network.now)
    progress.sampled(
      outstanding: facts.outstanding ?? 0, written: recorder.trace.ledger.written, at: network.now,
      within: currentWait?.limit ?? plan.timeouts.connect)
  }

  private func passed(_ wait: CurrentWait) {
    switch wait.kind {
    case .connect: connectFailed(.noAnswer(within: wait.limit))
    case .resolve, .reply, .write, .handshake, .total:
      finish(.timedOut(wait.kind))
    }
  }
}
