import SessionOptions
import SessionTrace
import SMTPDialogue

extension SweepOutcome {
  /// As much of the verdict as two sessions are compared by.
  init(_ verdict: Verdict) {
    self.init(status: verdict.status, stage: verdict.stage, custody: verdict.custody)
  }

  /// Whether both ended alike: the same status in the same part of the session.
  ///
  /// Where exactly a pipelined envelope stops, and whether an end comes as FIN or RST, is a matter of
  /// timing; what stops it is not.
  func isSameFailure(as other: SweepOutcome) -> Bool {
    kind == other.kind && (status == .ok || StageGroup(stage) == StageGroup(other.stage))
  }

  private var kind: SessionStatus { status == .reset ? .closed : status }
}

extension Control {
  /// What a session with something varied says about that.
  func effect(of ending: SweepOutcome, in trace: Trace) -> Experiment.Effect {
    var outcome = ending
    if isStillUngreeted(trace) { outcome.stage = .banner }
    // The server's own patience ended first: no cure, and another end than this one's silence.
    if isOutwaited(by: trace) { return .other }
    if trace.serverTimeout != nil {
      // A silence like any other, ended by whoever was less patient.
      let place = StageGroup(outcome.stage)
      if place == group { return isSilent ? .same : .other }
      return place > group ? .gone : .other
    }
    // A server that wants no more of us says nothing about what was varied, unless this one met the same.
    if trace.turnedAwayBy != nil {
      return self.trace.turnedAwayBy != nil && isSame(outcome, in: trace) ? .same : .other
    }
    if isRefusedBefore(outcome, in: trace) { return .other }
    if isLeftBehind(by: outcome, in: trace) || isAnsweredUpToData(in: trace, outcome) {
      return .gone
    }
    return isSame(outcome, in: trace) ? .same : .other
  }

  /// Whether a handshake in the place of the greeting was as far as a session came: under TLS from the
  /// first byte it stands before the greeting, and is no step behind it.
  private func isStillUngreeted(_ trace: Trace) -> Bool {
    trace.options["tls"] == .text("implicit") && self.trace.options["tls"] != .text("implicit")
      && !trace.replies.contains { $0.stage == .banner }
  }

  /// Whether a session ended at a refusal that this one met too and went on from: it never came to what this
  /// one failed at.
  private func isRefusedBefore(_ outcome: SweepOutcome, in trace: Trace) -> Bool {
    guard outcome.isRefusal, !isRefused, let refusal = decisiveRefusal(in: trace) else {
      return false
    }
    return self.trace.replies.contains {
      $0.stage == refusal.stage && $0.code == refusal.code
    }
  }

  /// Whether a session failed as this one did: in the same part of it, with the same refusal, or with the
  /// same in doubt about who has our bytes.
  private func isSame(_ outcome: SweepOutcome, in trace: Trace) -> Bool {
    guard outcome.isSameFailure(as: SweepOutcome(verdict)) else { return false }
    if isRefused {
      return trace.refusal?.code == refusal?.code
    }
    return Set([custody, outcome.custody]) != [.acknowledgedUnanswered, .unacknowledged]
  }

  /// Whether all before DATA is answered where nothing of the envelope was: the silence behind it is
  /// another.
  private func isAnsweredUpToData(in trace: Trace, _ outcome: SweepOutcome) -> Bool {
    isUnanswered && stage == .mail && outcome.status == .stalled && outcome.stage == .data
      && trace.replies.contains { $0.stage == .rcpt }
  }

  /// Whether a silence as long as this one's brought nothing but the end of the server's own patience: it
  /// hangs up, or says 421 or 451, and nothing that was due came first.
  private func isOutwaited(by trace: Trace) -> Bool {
    guard status == .stalled, let end = WaitEnd(of: trace, beside: self) else { return false }
    return end.kind == .gaveUp && 2 * end.after >= subject.patience
  }

  /// Whether a variant with that outcome came past what the control fails at.
  ///
  /// A refusal in words is past a silence or a break: the server took part. A failure in a later part
  /// of the session is another failure, behind this one.
  private func isLeftBehind(by outcome: SweepOutcome, in trace: Trace) -> Bool {
    switch outcome.status {
    case .ok: return true
    case .rejected, .deferred:
      return !isRefused && StageGroup(outcome.stage) >= group
        || isBefore(outcome, in: trace)
    case .stalled, .closed, .reset, .tlsFailed, .protocolError:
      return isBefore(outcome, in: trace)
    case .unreachable, .interrupted, .internalError: return false
    }
  }

  /// Whether a session that ended so was past what this one fails at.
  ///
  /// EHLO comes again behind the handshake. That TLS itself fails there is no step further: under TLS 1.3 a server
  /// judges the client when that has finished (RFC 8446 section 4.4.2.4).
  func isBefore(_ outcome: SweepOutcome, in trace: Trace?) -> Bool {
    let isAgain = outcome.stage == .ehlo && outcome.status != .tlsFailed && trace?.tls != nil
    return isAgain && [.starttls, .tls].contains(stage) || StageGroup(outcome.stage) > group
  }

  /// Whether the server refused in words.
  var isRefused: Bool {
    (status == .rejected || status == .deferred) && trace.serverTimeout == nil
  }

  /// Whether a refusal of the whole session says that this is why, and no fixed text says more.
  func isRefused(for reason: RefusalReason) -> Bool {
    isRefused && !isPutOffInPart && trace.greetingGivenUp == nil && refusal?.reason == reason
      && refusal?.knownText == nil
  }

  /// Whether it ended in silence, of whichever side the patience ended first.
  private var isSilent: Bool { status == .stalled || trace.serverTimeout != nil }

  /// Whether there is no point in trying again: a server that puts off every newcomer must not be
  /// hammered, and a session that we ended tells nothing.
  ///
  /// With several recipients a temporary refusal may be one of their number, which is worth a try.
  var isFinalWord: Bool {
    // Who waits once is let in from then on, whatever he does.
    if talksEarly, trace.answersInsideGreeting { return true }
    return switch status {
    case .deferred:
      trace.serverTimeout == nil && trace.greetingGivenUp == nil && !failsBehindMessages
        && (trace.envelope?.recipientCommands ?? 0) < 2
        && !(group == .message && subject.message?.isPlain == false)
    case .interrupted, .internalError: true
    case .ok, .rejected, .stalled, .closed, .reset, .unreachable, .tlsFailed, .protocolError: false
    }
  }
}
