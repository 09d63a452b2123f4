import SessionTrace

extension CauseID {
  package static let limitsExtension = CauseID(rawValue: "limits-extension")
}

extension Cause {
  static let limitsExtension = Cause(
    id: .limitsExtension, code: "D20",
    alsoCalled: ["RFC 9422"],
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
    twins: [.rcptLimit],
    rules: [.announcedLimit])
}

extension CauseRule {
  fileprivate static let announcedLimit = CauseRule(
    fits: { $0.isStoppedAtRecipients && $0.announcedRecipients != nil },
    requires: [
      Criterion(variations: { _ in [] }) { evidence in
        guard let accepted = evidence.accepted, let most = evidence.control.announcedRecipients
        else { return .unknown }
        let text = "the server announces RCPTMAX=\(most), and takes \(accepted)"
        return accepted == most ? .yes(text) : .no(text)
      },
      .goes { $0.announcedRecipients.map(Variation.recipients) },
      .stays { $0.announcedRecipients.map { .recipients($0 + 1) } },
    ],
    best: .confirmed)
}
