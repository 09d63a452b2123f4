extension CauseID {
  package static let limitsExtension = CauseID(rawValue: "limits-extension")
}

extension Cause {
  static let limitsExtension = Cause(
    id: .limitsExtension, code: "D20",
    title: "The server announces limits by LIMITS, and they are passed",
    mechanism: """
      With LIMITS (RFC 9422) a server says in its reply to EHLO how many messages a session, \
      and how many recipients or recipient domains a message may have. A client that does not \
      know the extension passes them.
      """,
    symptoms: """
      Recipients refused from exactly the announced number on, or MAIL refused in a session \
      that goes on.
      """,
    experiment: """
      As many recipients as RCPTMAX says are all taken.
      """,
    remedies: Remedies(
      exim: [
        .setting("limits_advertise_hosts =", "On a receiving Exim: announces none.")
      ],
      receiver: [
        .advice(
          """
          Refuse only what is over the announced number.
          """)
      ]),
    sources: [
      "RFC 9422",
      "Exim specification, limits_advertise_hosts",
    ],
    twins: [.rcptLimit])
}
