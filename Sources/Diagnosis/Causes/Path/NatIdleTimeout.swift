import SessionTrace

extension CauseID {
  package static let natIdleTimeout = CauseID(rawValue: "nat-idle-timeout")
}

extension Cause {
  static let natIdleTimeout = Cause(
    id: .natIdleTimeout, code: "P15",
    alsoCalled: ["NAT", "idle timeout", "keepalive"],
    title: "A NAT or firewall forgets the connection during a long silence",
    mechanism: """
      While a server verifies a recipient, scans a message or delays on purpose, nothing moves. A \
      NAT with a timeout shorter than that silence drops the entry, and what either side sends \
      afterwards is lost or answered with a reset. TCP keepalive begins after two hours by \
      default, far too late.
      """,
    symptoms: """
      A quiet period, then custody unacknowledged or a reset. The server may have answered into \
      the void.
      """,
    experiment: """
      Silences of 30, 60, 120 and 300 seconds with a NOOP behind each. A keepalive every 20 \
      seconds keeps it alive.
      """,
    remedies: Remedies(
      exim: [
        .setting(
          "keepalive = true",
          "The default of the smtp transport; its interval is the kernel's.")
      ],
      kernel: [
        .setting("net.ipv4.tcp_keepalive_time = 60", "For all programs that ask for keepalive.")
      ],
      receiver: [
        .advice("Answer faster; a longer timeout on the NAT (RFC 5382: at least 2 h 4 min).")
      ]),
    sources: [
      "RFC 5382 section 5",
      "Exim specification, keepalive",
    ],
    twins: [.tfoConntrackWscaleReset, .pmtuBlackholeForward],
    rules: [.forgetfulNAT])
}

extension CauseRule {
  fileprivate static let forgetfulNAT = CauseRule(
    fits: \.mayBeForgotten,
    requires: .forgottenInSilence,
    confirms: [.goes(with: .keepalive)],
    tells: [.pathForgot],
    best: .confirmed,
    decider: "the device's table of connections, and how long it keeps one that is silent")
}

extension [Criterion] {
  /// What something on the way that forgets silent connections would have.
  static let forgottenInSilence: [Criterion] = [
    .lossFollowsSilence, .keepaliveHelps, Criterion.pathForgot.inPassing,
    .stays { .segmentSize($0.smallSegment) },
    .stays { $0.isUnanswered ? .patience($0.longPatience) : nil },
  ]
}

extension Control {
  /// Whether something on the way may have forgotten the connection in a silence.
  var mayBeForgotten: Bool {
    if isUnanswered {
      // Keepalives come once a second at the most.
      return (.envelope...(.message)).contains(group) && subject.patience >= .seconds(2)
    }
    return (isUnacknowledged || isBrokenOff) && group >= .envelope && longestGap > 0
  }

  /// The silence behind which nothing came through any more: before what was lost, or the one that a reply was lost
  /// in.
  var fatalSilence: Microseconds { isUnanswered ? trace.waited : longestGap }

  /// The longest silence of a second or more before the failing bytes; 0 when there was none.
  private var longestGap: Microseconds {
    let longest = trace.replies.map(\.wait).max() ?? 0
    return longest >= .seconds(1) ? longest : 0
  }
}

extension Trace {
  /// The silence of a second or more behind which nothing that was sent was answered, nor acknowledged
  /// where the connection did not end: a reset may acknowledge what it refuses.
  fileprivate var silenceBeforeLoss: Microseconds? {
    replies.first { reply in
      let behind = segments.kept.filter { $0.written >= reply.at }
      guard reply.wait >= .seconds(1), let first = behind.first?.written else { return false }
      return replies.allSatisfy { $0.at <= first }
        && (ending.isByPeer
          || behind.allSatisfy { $0.offset + $0.length > ledger.acknowledged })
    }?.wait
  }
}

extension Criterion {
  /// What was sent behind a long silence is what is lost, all of it.
  fileprivate static let lossFollowsSilence = Criterion(variations: { _ in [] }) { evidence in
    guard let silence = evidence.control.trace.silenceBeforeLoss else {
      return .no("bytes behind the longest silence were acknowledged")
    }
    return .yes("all that is lost was sent behind a silence of \(durationText(silence))")
  }.idleUnless { !$0.isUnanswered }

  /// With keepalives it is gone; where it is not, they may come too seldom for a silence that short, or
  /// for a device that has forgotten the connection all the same.
  fileprivate static let keepaliveHelps = Criterion(variations: { _ in [.keepalive] }) { evidence in
    let answer = goes(with: .keepalive).answer(evidence)
    if pathForgot.answer(evidence).isYes, !answer.isYes { return .idle }
    guard answer.isNo, let silence = evidence.control.trace.silenceBeforeLoss,
      silence <= .seconds(4)
    else { return answer }
    return .idle
  }
}
