import SessionTrace

extension CauseID {
  package static let greetPausePregreet = CauseID(rawValue: "greet-pause-pregreet")
}

extension Cause {
  static let greetPausePregreet = Cause(
    id: .greetPausePregreet, code: "D7",
    alsoCalled: ["postscreen", "PREGREET", "greet_pause", "early talker"],
    title: "The server waits before it greets, and turns away who talks first",
    mechanism: """
      Spam programs do not wait for the greeting. Sendmail's greet_pause, Postfix's postscreen, \
      Exim's smtp_enforce_sync and others pause on purpose and refuse or drop a client that \
      speaks in that time. Fast Open with data and early pipelining are early talkers by \
      construction.
      """,
    symptoms: """
      A greeting that is late by a constant few seconds, or whose last line is; with --pregreet or \
      --fast-open data a 554, a closed connection, or a reply to EHLO in the middle of the greeting.
      """,
    experiment: "Without --pregreet the same session passes.",
    remedies: Remedies(
      exim: [
        .advice("Leave <host> out of hosts_pipe_connect, which turns early pipelining on.")
      ],
      receiver: [
        .advice("Allow-list clients that are known, or shorten the pause.")
      ]),
    sources: [
      "RFC 5321 section 4.3.1",
      "Postfix POSTSCREEN_README; sendmail FEATURE(greet_pause)",
      "Exim smtp_in.c, smtp_enforce_sync",
    ],
    twins: [.nodelayPregreetStall, .bannerDelay],
    rules: [.greetPause, .earlyTalker, .spokeIntoGreeting])
}

extension CauseRule {
  fileprivate static let greetPause = CauseRule(
    fits: { $0.isSilentGreeting && !$0.talksEarly },
    requires: [.windowIsOpen, .noSmallSegments, .goes { .patience($0.longPatience) }],
    decider: loadDecider)

  fileprivate static let earlyTalker = CauseRule(
    fits: { $0.group != .connection && $0.group <= .hello && $0.talksEarly },
    requires: [.waitingIsRewarded],
    best: .confirmed)

  /// A greeting that ran into the reply to EHLO. Who waits once is let in for days (postscreen remembers it), so
  /// that no experiment can be made again.
  fileprivate static let spokeIntoGreeting = CauseRule(
    fits: { $0.talksEarly && $0.trace.answersInsideGreeting },
    requires: [
      .seen(
        "the greeting begins with 220-, and goes on with the reply to EHLO: the server was not done with"
          + " it when we spoke, and never ends it",
        not: "", \.trace.answersInsideGreeting)
    ],
    decider: """
      the same without --pregreet, from an address that has not waited there yet: who has is let in \
      for days
      """)
}

extension Criterion {
  /// Whoever waits for the greeting gets one; where none comes either, early talk is not what is minded.
  fileprivate static let waitingIsRewarded = Criterion(variations: { _ in [.noPregreet] }) {
    evidence in
    let answer = Criterion.goes(with: .noPregreet).answer(evidence)
    guard answer == .unknown, evidence.effect(of: .noPregreet) == .other,
      let trace = evidence.trace(with: .noPregreet),
      !trace.replies.contains(where: { $0.stage == .banner })
    else { return answer }
    return .no("who waits for the greeting gets none either")
  }
}
