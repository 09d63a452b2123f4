import SessionTrace

extension CauseID {
  package static let nagleDelayedAck = CauseID(rawValue: "nagle-delayed-ack")
}

extension Cause {
  static let nagleDelayedAck = Cause(
    id: .nagleDelayedAck, code: "B1",
    title: "Nagle's algorithm and delayed acknowledgements add 40 to 200 ms a command",
    mechanism: """
      A client that writes a command in two small pieces and then reads runs into two rules at \
      once: Nagle's algorithm keeps the second piece back until the first is acknowledged, and \
      the peer delays that acknowledgement because it hopes to send it with a reply. Each such \
      pair costs about 40 ms on Linux and 200 ms on BSD and Windows. It makes mail slow and never \
      stops it.
      """,
    symptoms: """
      Bytes held locally for a moment; each command that was cut takes about 40 ms more, and the \
      acknowledgement of its first piece is that late. The first pair of a connection may go \
      through at once (Linux acknowledges quickly at the start).
      """,
    experiment: """
      The same pieces with TCP_NODELAY (the default here) or in one write: the delay is gone. \
      With --no-nodelay it is back, once for each command that was cut.
      """,
    remedies: Remedies(
      exim: [
        .advice(
          """
          Nothing to set: Exim sets TCP_NODELAY on what it sends, and tcp_nodelay for what it \
          receives.
          """)
      ],
      postfix: [
        .advice(
          """
          Nothing to set: Postfix writes whole groups of commands and sizes its buffers by the \
          segment size.
          """)
      ],
      receiver: [
        .advice("Write a reply, or a group of replies, at once.")
      ]),
    sources: [
      "Postfix HISTORY 19990112, 20040817, 20190820",
      "Exim specification, tcp_nodelay",
      "RFC 1122 section 4.2.3.2; RFC 896",
    ],
    rules: [.nagle])
}

extension CauseRule {
  fileprivate static let nagle = CauseRule(
    fits: {
      $0.status == .stalled && $0.custody == .heldLocally
        && $0.trace.options["nodelay"] == .flag(false)
    },
    requires: [.goes(with: .noDelay)],
    best: .confirmed)
}
