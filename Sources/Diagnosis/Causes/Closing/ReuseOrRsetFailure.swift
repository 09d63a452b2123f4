import SessionTrace

extension CauseID {
  package static let reuseOrRsetFailure = CauseID(rawValue: "reuse-or-rset-failure")
}

extension Cause {
  static let reuseOrRsetFailure = Cause(
    id: .reuseOrRsetFailure, code: "G5",
    alsoCalled: ["connection reuse", "connection cache"],
    title: "The second message on a connection fails",
    mechanism: """
      A server answers 421 after so many messages, is slow at RSET, or leaves RSET unanswered; \
      when the client goes on regardless, every later reply is paired with the wrong command, and \
      a recipient seems to be refused in reply to DATA.
      """,
    symptoms: "Only the second and later transactions fail, or their replies are off by one.",
    experiment: "One message a connection passes.",
    remedies: Remedies(
      exim: [
        .setting("connection_max_messages = 1", "In the smtp transport.")
      ],
      postfix: [
        .setting(
          "smtp_connection_cache_on_demand = no",
          "Or a shorter smtp_connection_reuse_time_limit.")
      ],
      receiver: [
        .advice("Answer RSET at once.")
      ]),
    sources: [
      "Postfix HISTORY 20061203, 20190621",
      "Exim ChangeLog 4.31/81",
    ],
    twins: [.replyCountMismatch, .connectionLimit421],
    rules: [.laterMessage])
}

extension CauseRule {
  fileprivate static let laterMessage = CauseRule(
    fits: \.failsBehindMessages,
    requires: [
      .goes(with: .oneMessage), .stays { $0.isPipelined ? .pipeliningOff : nil },
      .stays { $0.isCut ? .uncut : nil },
    ],
    decider: "the server's log: a limit for one connection, or what is left of the message before")
}
