import SessionTrace

extension CauseID {
  package static let starttlsStripped = CauseID(rawValue: "starttls-stripped")
}

extension Cause {
  static let starttlsStripped = Cause(
    id: .starttlsStripped, code: "D3",
    alsoCalled: ["STRIPTLS", "TLS stripping", "downgrade attack", "no STARTTLS"],
    title: "STARTTLS is removed, or refused by something that is not the server",
    mechanism: """
      A device or a virus scanner between client and server takes the keyword STARTTLS out of the \
      EHLO reply, or lets it stand and answers the command itself with a 500 that the server \
      never saw. The session goes on in clear text. Where policy demands TLS (DANE, MTA-STS), \
      mail is deferred until it bounces.
      """,
    symptoms: """
      The keyword missing where the server is known to offer it, or a 5xx to STARTTLS in other \
      words than the server's own. A segment with a small TTL may be acknowledged close by.
      """,
    experiment: """
      Port 587 or 465 of the same server, or another network, shows STARTTLS. --tls off delivers, \
      --tls require does not.
      """,
    remedies: Remedies(
      exim: [
        .setting("hosts_avoid_tls = <host>", "Only where clear text is acceptable.")
      ],
      postfix: [
        .setting(
          "smtp_tls_policy_maps = inline:{<domain>=none}",
          "Indexed by the next-hop domain; only where clear text is acceptable.")
      ],
      receiver: [
        .advice("Turn off mail scanning on the path; let the mail server do it.")
      ]),
    sources: [
      "Exim FAQ Q0059, Q1708",
      "Bugtraq 2002, Norton AntiVirus and STARTTLS",
      "RFC 3207 section 6",
    ],
    twins: [.esmtpCapabilityMask],
    rules: [.strippedTLS])
}

extension CauseRule {
  fileprivate static let strippedTLS = CauseRule(
    fits: {
      $0.tlsFailure?.name == "not_offered" && !$0.offers("STARTTLS")
        || $0.stage == .starttls && $0.isRefused
    },
    requires: [
      .seen("TLS is wanted, and STARTTLS is missing or refused", not: "") { _ in true }
    ],
    decider: "the same from another network: STARTTLS that is offered there is taken out on the way"
  )
}
