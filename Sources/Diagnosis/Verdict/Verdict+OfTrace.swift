package import SessionTrace

/// The verdict on a session, from its trace and nothing else.
package func verdict(of trace: Trace) -> Verdict {
  let finding = outcome(of: trace)
  let custody = hasCustody(finding) ? custody(in: trace) : nil
  // What this host refused us in our own work is no bug.
  let isOwnHost = finding.status == .internalError && trace.wireError != nil
  var verdict = Verdict(
    status: finding.status, stage: finding.stage,
    exitCode: isOwnHost ? 71 : exitCode(finding.status, at: finding.stage, ending: trace.ending),
    waited: trace.waited, summary: "", custody: custody, pending: pending(in: trace),
    ledger: trace.ledger, partialReply: trace.partialReply, error: errorText(trace))
  verdict.summary = summary(of: verdict, in: trace)
  return verdict
}

/// Status and stage: what happened, and where.
private func outcome(of trace: Trace) -> (status: SessionStatus, stage: Stage) {
  let refusal = decisiveRefusal(in: trace)
  switch trace.ending {
  case .internalError: return (.internalError, trace.endingStage)
  case .interrupted: return (.interrupted, stoppingStage(trace, byBytesAt: \.acknowledged))
  case .unreachable: return (.unreachable, trace.endingStage)
  case .tlsFailed: return (.tlsFailed, trace.endingStage)
  case .notAuthenticated: return (.rejected, .auth)
  case .protocolError:
    // A refusal came first: it was read, and it counts. A 421 behind a reply that nobody asked for did not.
    if let refusal, trace.replies[refusal.reply].wasDue { return refused(refusal) }
    return (.protocolError, trace.endingStage)
  case .finished:
    return refusal.map(refused) ?? (.ok, lastStage(of: trace))
  case .timedOut(let wait):
    // Whichever bound was passed: without a connection nothing could stall on it.
    if wait == .resolve || wait == .connect || trace.endingStage < .banner {
      return (.unreachable, trace.endingStage)
    }
    return silence(in: trace, after: refusal)
  case .endOfStream:
    return refusal.map(refused) ?? (.closed, stoppingStage(trace, byBytesAt: \.sent))
  case .failed(let failure):
    // The kernel's own patience ended before ours.
    if failure.name == "ETIMEDOUT" { return silence(in: trace, after: refusal) }
    if let refusal { return refused(refusal) }
    let status: SessionStatus = trace.ending.isByPeer ? .reset : .unreachable
    return (status, stoppingStage(trace, byBytesAt: \.sent))
  }
}

/// A deadline passed on a connection.
///
/// Silence after a refusal, while we take our leave, changes nothing about the delivery; silence
/// while other replies are still due is a stall of its own.
private func silence(
  in trace: Trace, after refusal: Refusal?
) -> (status: SessionStatus, stage: Stage) {
  // A dot without content ends a transaction that nobody can profit from (RFC 2920 section 3.1).
  let isLoneDot = trace.endingStage == .dot && trace.content == nil
  if let refusal, trace.endingStage == .quit || isLoneDot { return refused(refusal) }
  return (.stalled, stoppingStage(trace, byBytesAt: \.acknowledged))
}

private func refused(_ refusal: Refusal) -> (status: SessionStatus, stage: Stage) {
  (refusal.isTemporary ? .deferred : .rejected, refusal.stage)
}

/// The stage a session stopped in; between body and dot the bytes decide, not our intentions.
///
/// We hand the end of data to the kernel long before it leaves. A session stands in `dot` once the
/// whole content has arrived (for a stall: acknowledged; for a close, which may outrun the last
/// ACK: sent), and in `body` before that.
private func stoppingStage(_ trace: Trace, byBytesAt mark: KeyPath<Ledger, Int>) -> Stage {
  guard trace.endingStage == .body || trace.endingStage == .dot, let content = trace.content else {
    return trace.endingStage
  }
  guard let end = content.endOfData else { return .body }
  return trace.ledger[keyPath: mark] >= end ? .dot : .body
}

/// The last stage that came to its end, for a session that ended well.
private func lastStage(of trace: Trace) -> Stage {
  let ended = trace.stages.compactMap { stage in
    stage.duration.map { (end: stage.start &+ $0, name: stage.name) }
  }
  return ended.max { ($0.end, $0.name) < ($1.end, $1.name) }?.name ?? trace.endingStage
}

/// Without a connection nobody can have the bytes.
private func hasCustody(_ finding: (status: SessionStatus, stage: Stage)) -> Bool {
  switch finding.status {
  case .stalled, .closed, .reset, .interrupted: finding.stage >= .banner
  case .ok, .rejected, .deferred, .unreachable, .tlsFailed, .protocolError, .internalError: false
  }
}

/// The commands of the flight that waits, and how many of them are answered.
private func pending(in trace: Trace) -> Pending {
  guard let first = trace.commands.first(where: { !$0.isAnswered }) else {
    return Pending(commands: 0, answered: 0, firstUnanswered: nil)
  }
  return Pending(
    commands: trace.commandCount { $0.flight == first.flight },
    answered: trace.commandCount { $0.flight == first.flight && $0.isAnswered },
    firstUnanswered: first.text)
}

/// The process exit status for one session (manual, "Exit status").
package func exitCode(_ status: SessionStatus, at stage: Stage, ending: Ending) -> Int {
  switch status {
  case .ok: return 0
  case .stalled: return 10 + stage.exitDigit
  case .closed, .reset, .unreachable: return 20 + stage.exitDigit
  case .rejected: return 30 + stage.exitDigit
  case .deferred: return 40 + stage.exitDigit
  case .tlsFailed, .protocolError: return 50 + stage.exitDigit
  case .interrupted:
    if case .interrupted(let signal) = ending { return 128 + signal }
    return 130
  case .internalError: return 70
  }
}

/// The error a ticket should quote, or `nil`.
private func errorText(_ trace: Trace) -> String? {
  switch trace.ending {
  case .failed(let failure): return text(of: failure)
  case .unreachable(let failure): return failure.map(text)
  case .tlsFailed(let failure):
    return [failure.name, failure.alert.map { "alert \($0)" }, failure.text].compactMap(\.self)
      .joined(separator: ": ")
  case .internalError(let text), .notAuthenticated(let text): return text
  case .finished, .timedOut, .endOfStream, .protocolError, .interrupted:
    return trace.wireError.map(text)
  }
}

/// `ECONNREFUSED (connect): Connection refused`, the words of the system for a ticket.
func text(of failure: SystemFailure) -> String {
  "\(failure.name) (\(failure.call)): \(failure.text)"
}
