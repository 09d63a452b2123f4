extension CauseID {
  package static let serverSideNagle = CauseID(rawValue: "server-side-nagle")
}

extension Cause {
  static let serverSideNagle = Cause(
    id: .serverSideNagle, code: "B3",
    title: "Replies to a pipelined group trickle in, a delayed acknowledgement apart",
    mechanism: """
      The server answers a group of commands with one small write for each reply and leaves \
      Nagle's algorithm on. Each reply then waits until the client has acknowledged the one \
      before, and the client delays its acknowledgements.
      """,
    symptoms: """
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
    twins: [.nagleDelayedAck],
    failsNoSession: true)
}
