import SessionTrace

extension CauseID {
  package static let halfOpenServerFirst = CauseID(rawValue: "half-open-server-first")
}

extension Cause {
  static let halfOpenServerFirst = Cause(
    id: .halfOpenServerFirst, code: "P18",
    title: "Our side is connected and the server's is not: the last ACK was lost",
    mechanism: """
      Where the server speaks first, a client has nothing to send. If the third packet of the \
      handshake is lost, or dropped because the queue of the program is full, and the server \
      keeps no state (SYN cookies), nothing ever tells it that the client is there. Without \
      cookies it sends its SYN-ACK again after 1, 3, 7 and more seconds.
      """,
    symptoms: """
      No greeting on one connection of many, custody peer_silent; the next one is well. Or a \
      greeting that is late by 1, 3 or 7 s.
      """,
    experiment: """
      --nudge, or speaking first: the NOOP carries the ACK, and the greeting comes with its \
      reply; or a reset comes, if the server has forgotten. A second connection tells it from \
      a server that never greets.
      """,
    remedies: Remedies(
      kernel: [
        .advice(
          """
          A short wait for the greeting, and another connection: Postfix connects anew after \
          smtp_connect_timeout, Exim after command_timeout.
          """)
      ],
      receiver: [
        .advice(
          """
          A larger backlog (net.core.somaxconn, and the program's own); \
          net.ipv4.tcp_abort_on_overflow = 1 makes it show.
          """)
      ]),
    sources: [
      "Linux tcp(7), tcp_syncookies and tcp_abort_on_overflow",
      "chatmail/core issue 1062; haraka issue 2683",
    ],
    twins: [.backlogNoBanner, .waitsForClientFirst],
    rules: [.acknowledgementLost])
}

extension CauseRule {
  /// With SYN cookies nothing is repeated, and it looks like a proxy that waits for our first bytes. That counts
  /// segments, and does not see them: such a proxy may ask whether we are there (a keepalive).
  fileprivate static let acknowledgementLost = CauseRule(
    fits: { $0.isSilentGreeting && !$0.talksEarly && $0.repeatsHandshake },
    requires: [
      .seen(
        "segments without data arrived before the greeting, as they do when a server sends its SYN-ACK again",
        not: ""
      ) { $0.repeatsHandshake },
      .goes(with: .pregreet),
    ],
    decider:
      "a capture here while a session waits for the greeting: whether the segments that arrive are the"
      + " SYN-ACK sent again, or keepalives")
}
