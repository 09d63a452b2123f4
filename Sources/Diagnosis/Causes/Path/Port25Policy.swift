import SessionTrace

extension CauseID {
  package static let port25Policy = CauseID(rawValue: "port25-policy")
}

extension Cause {
  static let port25Policy = Cause(
    id: .port25Policy, code: "P26",
    alsoCalled: [
      "port 25 blocked", "AWS", "EC2", "Azure", "Google Cloud", "GCP", "DigitalOcean", "Hetzner",
      "Oracle Cloud", "smarthost", "relay host", "SendGrid", "Mailgun", "Amazon SES", "SparkPost",
      "Postmark",
    ],
    title: "The sender's provider lets nobody out on port 25",
    mechanism: """
      Google's cloud blocks port 25 for good, Azure most subscriptions, Amazon until it is \
      asked, and many hosters for new accounts.
      """,
    symptoms: """
      Port 25 is dead to every server, while 443 and 587 of the same hosts answer; the trace \
      ends at the first hops.
      """,
    experiment: """
      Three servers that have nothing to do with each other, on ports 25 and 587. A domain with \
      exchangers in several networks is enough for diagnose mx:DOMAIN; one server by itself can be \
      shut for reasons of its own.
      """,
    remedies: Remedies(
      receiver: [
        .advice(
          """
          Nothing there. Ask the provider, or send by a smarthost on port 587.
          """)
      ]),
    sources: [
      "Google Cloud, Sending email from an instance",
      "Microsoft Learn, Troubleshoot outbound SMTP connectivity",
    ],
    twins: [.synFiltered],
    rules: [.deadToAll])
}

extension CauseRule {
  /// One server that does not answer may be shut itself; several that have nothing to do with each other share
  /// only our end of the path.
  fileprivate static let deadToAll = CauseRule(
    fits: {
      $0.status == .unreachable && $0.stage == .connect
        && $0.filteredAttempts.count == $0.trace.attempts.count
        && $0.filteredAttempts.contains { $0.port == 25 }
    },
    requires: [
      .unrelatedAreDead, Criterion.goes(with: .port(587)).asked(where: .unrelatedAreDead),
    ],
    decider: "the provider of this network: whether it lets anybody out on port 25")
}

extension Criterion {
  /// Addresses of networks that have nothing to do with each other were tried, and none answers.
  fileprivate static let unrelatedAreDead = Criterion(variations: { _ in [] }) { evidence in
    let dead = evidence.control.filteredAttempts.filter { $0.port == 25 }
    // Two families of one host are two networks, and one owner.
    let families = Dictionary(
      grouping: Set(dead.map(\.address)).compactMap(NumericAddress.init)
    ) { $0.bytes.count }
    let most = families.values.map { addresses in
      (addresses: addresses.count, networks: Set(addresses.map(\.largeNetwork)).count)
    }.max { ($0.networks, $0.addresses) < ($1.networks, $1.addresses) }
    guard let most, most.networks > 1 else { return .unknown }
    return .yes(
      "none of \(most.addresses) addresses in \(most.networks) networks that seem to have"
        + " nothing to do with each other answers on port 25: what they share is our end of the path"
    )
  }
}

extension NumericAddress {
  /// The part of it that one owner mostly has: 16 bits of IPv4, 32 of IPv6.
  fileprivate var largeNetwork: [UInt8] { Array(bytes.prefix(bytes.count == 4 ? 2 : 4)) }
}
