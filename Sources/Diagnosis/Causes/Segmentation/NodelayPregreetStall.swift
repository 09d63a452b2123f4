extension CauseID {
  package static let nodelayPregreetStall = CauseID(rawValue: "nodelay-pregreet-stall")
}

extension Cause {
  static let nodelayPregreetStall = Cause(
    id: .nodelayPregreetStall, code: "A3",
    title: "A client that talks first never acts on two replies that come back to back",
    mechanism: """
      A mail program sends HELO before it has seen the greeting. As long as the server's Nagle \
      algorithm holds the reply to HELO until the greeting has been acknowledged, all is well. \
      With TCP_NODELAY, as Exim 4 sets it, greeting and reply leave back to back, the client \
      never acts on the second, and both sides wait until one gives up. Whether the program, its \
      socket library or the server's kernel was to blame was never found out.
      """,
    symptoms: """
      The stall itself needs that client. From outside the server's half can be seen: with \
      --pregreet, whether the greeting and the reply to EHLO come in one read, in two back to \
      back, or with the second held for the 40 ms of a delayed acknowledgement. The server logs \
      an SMTP command timeout or an incomplete transaction.
      """,
    experiment: """
      Compare sessions with and without --pregreet and look at how the two replies arrive. A \
      server that refuses or drops an early talker is greet-pause-pregreet instead.
      """,
    remedies: Remedies(
      exim: [
        .setting("tcp_nodelay = false", "Main option of the receiving Exim, since 4.23.")
      ],
      receiver: [
        .advice("Have the client wait for the greeting, as RFC 5321 section 4.3.1 asks.")
      ]),
    sources: [
      "seed 000 (Philip Hazel, exim-users; Exim FAQ Q0088)",
      "Exim ChangeLog 4.23/12",
      "RFC 5321 section 4.3.1",
    ])
}
