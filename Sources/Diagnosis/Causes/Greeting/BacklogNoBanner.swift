extension CauseID {
  package static let backlogNoBanner = CauseID(rawValue: "backlog-no-banner")
}

extension Cause {
  static let backlogNoBanner = Cause(
    id: .backlogNoBanner, code: "D8",
    alsoCalled: ["listen backlog", "overloaded server", "process limit"],
    title: "The kernel accepts the connection while every server process is busy",
    mechanism: """
      The kernel completes the handshake from its backlog before any program has called accept. \
      When all SMTP processes are taken, the client is connected and waits for a process to \
      become free; what it writes meanwhile is acknowledged by the kernel.
      """,
    symptoms: """
      Connected at once, no greeting for seconds or minutes (custody peer_silent), then a normal \
      session. It depends on load and on the hour, not on who asks.
      """,
    experiment: """
      Several connections at the same time: some are greeted at once, others queue. Repeat at \
      another hour. One quiet session cannot tell it from banner-delay.
      """,
    remedies: Remedies(
      postfix: [
        .setting(
          "default_process_limit = 200",
          "On the receiving side, or maxproc of smtpd in master.cf.")
      ],
      receiver: [
        .advice(
          """
          More processes, or shorter sessions under load; beware of stress settings that drop \
          slow clients.
          """)
      ]),
    sources: [
      "Postfix STRESS_README"
    ],
    twins: [.pmtuBlackholeReverse, .zeroWindowTarpit, .bannerDelay, .greetPausePregreet],
    rules: [.fullBacklog])
}

extension CauseRule {
  fileprivate static let fullBacklog = CauseRule(
    fits: { $0.isSilentGreeting },
    requires: [
      .windowIsOpen, .noSmallSegments, .notForEarlyTalk, .notGivenUp, .noOtherService,
      .notAfterTheSamePause,
    ],
    decider: loadDecider)
}

extension Criterion {
  /// A queue takes now longer, now less long.
  fileprivate static let notAfterTheSamePause = waiting { ends in
    guard ends.count > 2, ends.isConstant else { return nil }
    return ends.text(of: .reply).map { .no("the greeting comes \($0), which no queue does") }
  }
}
