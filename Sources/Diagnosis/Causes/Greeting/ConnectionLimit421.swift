extension CauseID {
  package static let connectionLimit421 = CauseID(rawValue: "connection-limit-421")
}

extension Cause {
  static let connectionLimit421 = Cause(
    id: .connectionLimit421, code: "D9",
    alsoCalled: ["too many connections", "rate limit", "throttling", "throttled", "anvil", "421"],
    title: "Too many connections, too many messages: 421 and goodbye",
    mechanism: """
      The server bounds how many sessions a client has at once, how often it comes, or how many \
      messages one session carries, and says 421 when the bound is passed: in the greeting, after \
      EHLO, or at a later MAIL. Then it closes, and with pipelined commands unread its kernel \
      sends a reset that may overtake the words.
      """,
    symptoms: """
      A 421, often 4.7.0 with words about too many connections; or, with pipelining, a reset \
      behind it.
      """,
    experiment: "One session by itself after ten minutes passes.",
    remedies: Remedies(
      exim: [
        .setting(
          "serialize_hosts = <host>",
          "Also remote_max_parallel and connection_max_messages.")
      ],
      postfix: [
        .setting(
          "smtp_destination_concurrency_limit = 2",
          "Also smtp_connection_reuse_time_limit.")
      ],
      receiver: [
        .advice("Raise the limit for this client.")
      ]),
    sources: [
      "RFC 5321 section 3.8",
      "Exim specification, smtp_accept_max_per_connection",
    ],
    rules: [.connectionLimit])
}

extension CauseRule {
  fileprivate static let connectionLimit = CauseRule(
    // A 421 may also punish who talks early, or pipelines uninvited, or names many recipients.
    fits: {
      $0.refusal?.reason == .connections && !$0.talksEarly && !$0.pipelinesUninvited
        && $0.trace.acceptedRecipients < 9
    },
    requires: [.said("there is too much from us now")],
    decider: "a single connection after ten minutes")
}
