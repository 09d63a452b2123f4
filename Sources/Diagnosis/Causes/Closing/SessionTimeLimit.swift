import SessionTrace

extension CauseID {
  package static let sessionTimeLimit = CauseID(rawValue: "session-time-limit")
}

extension Cause {
  static let sessionTimeLimit = Cause(
    id: .sessionTimeLimit, code: "G7",
    alsoCalled: ["session timeout"],
    title: "A session may last only so long, whatever is done in it",
    mechanism: """
      A server, or a proxy in front of it, ends each connection when it has stood for so long, also \
      in the middle of a command or of a message that is coming: Exchange has ConnectionTimeout (10 \
      minutes, 5 on an Edge server) beside its limit of idle time, Envoy \
      max_downstream_connection_duration. It affects slow senders, large messages on slow lines, long \
      lists of recipients, and connections that are used again and again.
      """,
    symptoms: """
      The connection ends, or 421 comes, at much the same time after connecting, at whatever stage, \
      and while replies and acknowledgements came until then.
      """,
    experiment: """
      The same session sent more slowly (--split, --split-delay) ends as long after connecting, \
      with less done. A limit of size, or of recipients, comes later then; one of idle time is \
      counted from the last command.
      """,
    remedies: Remedies(
      exim: [
        .setting(
          "connection_max_messages = 1",
          "In the smtp transport; and max_rcpt, where lists of recipients take long.")
      ],
      postfix: [
        .setting(
          "smtp_connection_reuse_time_limit = <seconds>",
          "Less than the limit; and smtp_destination_recipient_limit for long lists.")
      ],
      receiver: [
        .advice(
          """
          Exchange: Set-ReceiveConnector -ConnectionTimeout. Envoy: no \
          max_downstream_connection_duration for SMTP. An hour at least: RFC 5321 section 4.5.3.2 \
          lets each step take minutes.
          """)
      ]),
    sources: [
      "learn.microsoft.com, Set-ReceiveConnector, ConnectionTimeout",
      "Envoy, TCP proxy, max_downstream_connection_duration",
    ],
    twins: [.sizeDropNo5xx, .rcptLimit, .reuseOrRsetFailure, .natIdleTimeout],
    rules: [.endOfTime])
}

extension CauseRule {
  fileprivate static let endOfTime = CauseRule(
    fits: { $0.outlivesItsTime },
    requires: [.endsByTime],
    decider: "the server's log, and its limits: how long a session may last")
}

extension Control {
  /// Whether the peer ended a session that had lasted, in words about time or in none.
  var outlivesItsTime: Bool {
    guard group > .greeting, !crawls, isBrokenOff || trace.serverTimeout != nil else {
      return false
    }
    return (trace.lifetime ?? 0) >= .seconds(1)
  }
}

/// A slower session takes twice as long and more, several times; a limit of ten minutes is the server's to look up.
private let longestSlowed: Microseconds = .seconds(60)

extension Criterion {
  /// Sent more slowly, the session ends as long after connecting, with less done.
  static let endsByTime = Criterion(variations: {
    $0.control.outlivesItsTime && ($0.control.trace.lifetime ?? 0) <= longestSlowed
      ? [.slower(than: $0.control)] : []
  }) { evidence in
    guard evidence.control.outlivesItsTime, let usual = evidence.control.trace.lifetime else {
      return .idle
    }
    let variation = Variation.slower(than: evidence.control)
    switch evidence.effect(of: variation) {
    case .gone: return .no(evidence.sentence(on: variation))
    case .same, .other: break
    case .unclear, .impossible, .observed, nil: return .unknown
    }
    guard let slower = evidence.trace(with: variation), let time = slower.lifetime else {
      return .unknown
    }
    guard abs(time - usual) <= max(.milliseconds(60), usual / 50) else {
      return .no(
        "\(variation.phrase) the session ends \(durationText(time)) after connecting, and not"
          + " \(durationText(usual)) as before")
    }
    guard slower.isLessDone(than: evidence.control.trace) else { return .unknown }
    return .yes(
      "the session ends \(durationText(usual)) after connecting; \(variation.phrase) as well, after"
        + " \(durationText(time)), when less was done")
  }

  /// It is no limit of time that looks like one of something else, as far as that was tried.
  static let notByTime = endsByTime.reversed.inPassing.onlyAgainst
}

extension Trace {
  /// Whether fewer replies came and fewer bytes left, or as many of one of them.
  fileprivate func isLessDone(than other: Trace) -> Bool {
    let came = replies.count { $0.code < 400 }
    let cameThere = other.replies.count { $0.code < 400 }
    return came <= cameThere && ledger.sent <= other.ledger.sent
      && (came < cameThere || ledger.sent < other.ledger.sent)
  }
}
