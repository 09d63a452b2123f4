extension CauseID {
  package static let pipeliningNotOffered = CauseID(rawValue: "pipelining-not-offered")
}

extension Cause {
  static let pipeliningNotOffered = Cause(
    id: .pipeliningNotOffered, code: "E3",
    alsoCalled: ["improper command pipelining", "synchronization error"],
    title: "Input sent ahead is refused by a server that did not offer it",
    mechanism: """
      A client that sends commands before their turn, although PIPELINING was not offered (or \
      before EHLO was answered), breaks the protocol, and strict servers end the session: \
      OpenSMTPD with 500, Postfix since 3.9 with 554 5.5.0, Exim with 554. Spam programs do it, \
      and so does a tool that is told to.
      """,
    symptoms: """
      A refusal or a closed connection that speaks of pipelining or synchronization; only when \
      commands were sent ahead.
      """,
    experiment: """
      --pipelining off, or auto, passes. With --pipelining on the fault is of our own making.
      """,
    remedies: Remedies(
      exim: [
        .setting(
          "hosts_avoid_pipelining = <host>",
          """
          Rarely needed: Exim pipelines only where it is offered, unless hosts_pipe_connect \
          matches.
          """)
      ],
      receiver: [
        .advice("Nothing to mend: the server keeps the rules, and the client must.")
      ]),
    sources: [
      "RFC 2920 section 3.1",
      "OpenSMTPD smtp_session.c; Postfix HISTORY 20240402",
    ],
    twins: [.greetPausePregreet, .pipeliningAdvertisedBroken],
    rules: [.uninvited, .uninvitedBehind])
}

extension CauseRule {
  fileprivate static let uninvited = CauseRule(
    fits: {
      $0.pipelinesUninvited && $0.group == .envelope && $0.status != .unreachable
    },
    requires: [
      .goes(with: .pipeliningOff), .dataIsAnswered, .sizeIsIdle,
      .stays { $0.status == .stalled ? .patience($0.longPatience) : nil },
      .stays { .segmentSize($0.smallSegment) }, .stays { $0.isCut ? .uncut : nil },
      .noRefusal(with: .pipeliningOff),
    ],
    confirms: [.stays { $0.isBareEnvelope ? nil : .bareEnvelope }],
    best: .confirmed)

  fileprivate static let uninvitedBehind = CauseRule(
    fits: { $0.failsBehindGroup && $0.pipelinesUninvited },
    requires: .groupMatters,
    best: .confirmed)
}
