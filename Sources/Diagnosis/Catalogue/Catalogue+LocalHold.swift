/// Family B: Nagle's algorithm, delayed acknowledgements, corks.
extension Catalogue {
  /// All of it, in the order of the codes.
  static let localHold = [
    nagleDelayedAck, linuxCork200ms, serverSideNagle,
  ]

  private static let nagleDelayedAck = CatalogueEntry(
    id: "nagle-delayed-ack", code: "B1",
    title: "Nagle's algorithm and delayed acknowledgements add 40 to 200 ms a command",
    mechanism: """
      A client that writes a command in two small pieces and then reads runs into two rules at \
      once: Nagle's algorithm keeps the second piece back until the first is acknowledged, and \
      the peer delays that acknowledgement because it hopes to send it with a reply. Each such \
      pair costs about 40 ms on Linux and 200 ms on BSD and Windows. It makes mail slow and never \
      stops it.
      """,
    signature: """
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
    twins: [
      "linux-cork-200ms", "server-side-nagle", "tarpit-error-delay",
    ])

  private static let linuxCork200ms = CatalogueEntry(
    id: "linux-cork-200ms", code: "B2",
    title: "A small write after MSG_MORE is held for 200 ms despite TCP_NODELAY",
    mechanism: """
      Linux kernels around 5.6 kept a small write that followed one with MSG_MORE for about 200 \
      ms, although TCP_NODELAY was set. Exim clears TCP_CORK by hand for this reason.
      """,
    signature: """
      Unsent bytes for about 200 ms while the peer's window is wide open, then they leave. Only \
      programs that cork or pass MSG_MORE are hit; smtpprobe does neither.
      """,
    experiment: """
      None from outside: it takes the affected kernel and a client that corks. Compare the \
      client's own log with a session of smtpprobe from the same host.
      """,
    remedies: Remedies(
      exim: [
        .advice("Exim 4.94 or later.")
      ],
      kernel: [
        .advice("A kernel without the fault; Red Hat tracked it as bug 1803806.")
      ]),
    sources: [
      "Exim smtp_out.c, comment on TCP_CORK; Exim commit 68f71b94c"
    ],
    twins: [
      "nagle-delayed-ack"
    ])

  private static let serverSideNagle = CatalogueEntry(
    id: "server-side-nagle", code: "B3",
    title: "Replies to a pipelined group trickle in, a delayed acknowledgement apart",
    mechanism: """
      The server answers a group of commands with one small write for each reply and leaves \
      Nagle's algorithm on. Each reply then waits until the client has acknowledged the one \
      before, and the client delays its acknowledgements.
      """,
    signature: """
      Of the replies to one flight, or the lines of one reply, the first comes by itself and the \
      others about 40 ms (and the round trip) later, together or one by one; seen twice in a \
      session, since one such gap is chance.
      """,
    experiment: """
      --pipelining off shows the plain round trip for each command. A client that acknowledges at \
      once (TCP_QUICKACK) sees the gaps collapse.
      """,
    remedies: Remedies(
      receiver: [
        .advice(
          """
          Keep replies back until the input is empty, then send them together (RFC 2920 section \
          3.2); or set TCP_NODELAY.
          """)
      ]),
    sources: [
      "Postfix HISTORY 19990112",
      "RFC 2920 section 3.2",
    ],
    twins: [
      "nagle-delayed-ack", "tarpit-error-delay",
    ])
}
