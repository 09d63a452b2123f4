import SessionTrace

extension CauseID {
  package static let mtaStsEnforce = CauseID(rawValue: "mta-sts-enforce")
}

extension Cause {
  static let mtaStsEnforce = Cause(
    id: .mtaStsEnforce, code: "I6",
    alsoCalled: [
      "MTA-STS", "self-signed certificate", "expired certificate", "certificate mismatch",
      "Let's Encrypt",
    ],
    title: "An MTA-STS policy excludes the exchanger or its certificate",
    mechanism: """
      A domain with a policy in mode enforce wants TLS with a certificate that verifies, at an \
      exchanger that the policy names. One that was moved without changing the policy, or whose \
      certificate lapsed, gets no mail from senders who check, while all others deliver.
      """,
    symptoms: """
      Deferred by senders that check MTA-STS; a session at mx:DOMAIN with --mta-sts fails where one \
      without goes well, and names the exchanger and what it lacks.
      """,
    experiment: "The same session without --mta-sts.",
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
    twins: [.tlsLegacyIntolerance, .daneFailure],
    rules: [.outside, .unverified])
}

extension CauseRule {
  /// No exchanger is in the policy.
  fileprivate static let outside = CauseRule(
    fits: { $0.trace.isOutsideOfPolicy },
    requires: [.breach], confirms: [.goes(with: .withoutMTASTS)], best: .confirmed,
    decider: "the policy beside the MX records, both as their owner has them")

  /// One is, and its TLS is not as the policy wants it.
  fileprivate static let unverified = CauseRule(
    fits: { $0.trace.failsByPolicy && !$0.trace.isOutsideOfPolicy },
    requires: [.breach, .goes(with: .withoutMTASTS)], best: .confirmed)
}

extension Criterion {
  /// What the policy asks for and the exchanger has not.
  fileprivate static let breach = Criterion(variations: { _ in [] }) { evidence in
    guard let policy = evidence.control.trace.enforcedBreach, let host = policy.host,
      let reason = policy.whyNotKept
    else { return .unknown }
    return .yes(
      "the MTA-STS policy of \(policy.domain), in mode enforce, rules \(host) out (\(reason))")
  }
}
