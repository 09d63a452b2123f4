extension CauseID {
  package static let mtaStsEnforce = CauseID(rawValue: "mta-sts-enforce")
}

extension Cause {
  static let mtaStsEnforce = Cause(
    id: .mtaStsEnforce, code: "I6",
    title: "An MTA-STS policy excludes the exchanger or its certificate",
    mechanism: """
      A domain with a policy in mode enforce wants TLS with a certificate that verifies, at an \
      exchanger that the policy names. One that was moved without changing the policy, or whose \
      certificate lapsed, gets no mail from senders who check, while all others deliver.
      """,
    symptoms: """
      Deferred by senders that check MTA-STS; a session with --tls require --tls-verify fails \
      where a plain one goes well.
      """,
    experiment: """
      Fetch the policy from mta-sts.DOMAIN and compare its mx lines with the DNS; check with \
      --tls-verify.
      """,
    remedies: Remedies(
      postfix: [
        .setting(
          "smtp_tls_policy_maps = inline:{<domain>=may}",
          "In front of the MTA-STS resolver's map, for a while.")
      ],
      receiver: [
        .advice("Change the policy before the exchangers; keep certificates valid.")
      ]),
    sources: [
      "RFC 8461"
    ],
    twins: [.tlsLegacyIntolerance, .daneFailure])
}
