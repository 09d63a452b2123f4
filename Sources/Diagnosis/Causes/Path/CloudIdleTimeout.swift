import SessionTrace

extension CauseID {
  package static let cloudIdleTimeout = CauseID(rawValue: "cloud-idle-timeout")
}

extension Cause {
  static let cloudIdleTimeout = Cause(
    id: .cloudIdleTimeout, code: "P25",
    alsoCalled: ["idle timeout", "NAT gateway", "NLB"],
    title: "A cloud's network forgets idle connections before RFC 5321's waits are over",
    mechanism: """
      Clouds track connections and forget idle ones: 350 s on newer instances of EC2 and on \
      its NAT gateways and balancers, 4 minutes at Azure. A client waits 10 minutes for the \
      reply to a message: a slow receiver's 250 is lost, and the mail is sent twice.
      """,
    symptoms: """
      A stall or a reset behind a silence of that length, and mail that arrives twice.
      """,
    experiment: """
      --keepalive 60 passes. To see it, a session must wait longer than the limit: --timeout 10m, \
      at a server that is silent for minutes.
      """,
    remedies: Remedies(
      kernel: [
        .setting(
          "sysctl -w net.ipv4.tcp_keepalive_time=120",
          "Exim and Postfix ask for keepalives; or raise the limit in the cloud.")
      ]),
    sources: [
      "Amazon EC2 API reference, ConnectionTrackingConfiguration"
    ],
    twins: [.natIdleTimeout],
    rules: [.idleLimit])
}

extension CauseRule {
  /// That something forgets is what keepalives show; whose it is, the length of the silence suggests and no session
  /// shows.
  fileprivate static let idleLimit = CauseRule(
    fits: { $0.mayBeForgotten && $0.fatalSilence >= CloudIdleLimit.shortest },
    requires: .forgottenInSilence + [.silenceOutlastsLimits],
    decider: "the idle limit of the network that each side is in, by its provider's settings")
}

/// How long networks of clouds remember an idle connection, by what their documents say.
private enum CloudIdleLimit {
  static let shortest = Microseconds.seconds(240)
  static let amazon = Microseconds.seconds(350)
}

extension Criterion {
  fileprivate static let silenceOutlastsLimits = Criterion(variations: { _ in [] }) { evidence in
    let silence = evidence.control.fatalSilence
    let limits =
      silence >= CloudIdleLimit.amazon
      ? "4 minutes (Azure) or 350 s (Amazon)" : "4 minutes (Azure)"
    return .yes(
      "the silence of \(durationText(silence)) is longer than clouds remember idle connections,"
        + " \(limits)")
  }
}
