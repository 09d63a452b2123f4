import SessionOptions
import SessionTrace
import SMTPDialogue
import TLSEngine
import Wire

// Who acknowledges is asked once a session: before QUIT, behind which there is nobody to ask, or in
// the ``PostSession``.
extension Session {
  /// No more than that is waited for what a `NOOP` brings.
  private static let longestNudge = Microseconds.seconds(5)

  var isNudging: Bool {
    if case .nudging = phase { true } else { false }
  }

  /// Whether the flight ends a session that has all its replies and has not been asked yet.
  func isTimeToNudge(before flight: Flight) -> Bool {
    guard plan.countsHops, recorder.trace.nudge == nil, case .talking = phase else { return false }
    // RSET between two messages is of that stage too, and no leave-taking.
    return dialogue.isLeaving && flight.commands.contains { $0.stage == .quit }
      && recorder.isEverythingAnswered
      && sender.isEmpty && channel?.transport.facts().outstanding == 0
  }

  /// Gives the connection to a nudge; what the dialogue wanted to send waits for it.
  func startNudge(_ held: HeldBack) {
    guard let channel else { return }
    askKernel()
    // What follows is of no plan, and would be counted among its segments.
    if recorder.isCheckingSegments { recorder.checkSegments(channel.transport.facts()) }
    cancelAlarm?()
    let nudge = makeNudge(channel, purpose: .reply)
    phase = .nudging(nudge, held)
    nudge.start { [weak self] outcome in self?.nudged(outcome) }
  }

  /// The connection is the dialogue's again; it goes on, unless it would now mistake a late reply to
  /// `NOOP` for the next one.
  private func nudged(_ outcome: Nudge.Outcome) {
    recorder.inserted(outcome, at: network.now)
    guard case .nudging(_, let held) = phase, let channel else { return }
    phase = .talking
    channel.transport.onReady = { [weak self] readiness in self?.ready(readiness) }
    progress.moved(at: network.now)
    recorder.due(at: network.now)
    if let failure = outcome.record.failure { return broke(failure) }
    if outcome.record.closed { return ended(.endOfStream) }
    guard outcome.isAnswered else {
      recorder.trace.notes.append("NOOP was not answered, so QUIT was not sent")
      return finish(.finished)
    }
    enqueue(held.flight)
    perform(held.actions)
    proceed()
  }

  /// What is still to be found out when all else is over; `nil` when nothing is.
  func makePostSession(after ending: Ending) -> PostSession? {
    guard let channel else { return nil }
    let isNudged = isWorthANudge(after: ending)
    let isTraced = plan.countsHops && isWorthTracing(after: ending)
    guard isNudged || isTraced else { return nil }
    return PostSession(
      network: network,
      nudge: isNudged
        ? makeNudge(channel, purpose: ending == .finished ? .acknowledgement : .anything) : nil,
      path: isTraced ? recorder.trace.target : nil)
  }

  /// A silence while everything was acknowledged is worth one, and with hops to count a good end too.
  /// A connection that is over, or that we have said QUIT on, is not.
  private func isWorthANudge(after ending: Ending) -> Bool {
    guard plan.nudges || plan.countsHops, channel?.transport.facts().outstanding == 0,
      recorder.trace.ledger.unsent == 0
    else { return false }
    let hasQuit = recorder.trace.commands.contains { $0.stage == .quit }
    switch ending {
    case .timedOut(.reply): return (plan.nudges || plan.countsHops) && !hasQuit
    case .finished: return plan.countsHops && recorder.trace.nudge == nil && !hasQuit
    case .timedOut, .endOfStream, .failed, .unreachable, .tlsFailed, .notAuthenticated,
      .protocolError, .interrupted, .internalError:
      return false
    }
  }

  /// Where a connection stood, there is a path; who was stopped by a signal wants to wait no more.
  private func isWorthTracing(after ending: Ending) -> Bool {
    switch ending {
    case .finished, .timedOut, .endOfStream, .failed, .tlsFailed, .notAuthenticated, .protocolError:
      recorder.trace.target.localAddress != nil
    case .unreachable, .interrupted, .internalError: false
    }
  }

  private func makeNudge(_ channel: Channel, purpose: NudgeWait.Purpose) -> Nudge {
    Nudge(
      channel, network: network,
      plan: Nudge.Plan(
        purpose: purpose, climbs: plan.countsHops,
        limit: min(Self.longestNudge, plan.timeouts.limit(rfc5321: dialogue.patience)),
        lastMoment: plan.timeouts.total.map { recorder.start + $0 }))
  }
}
