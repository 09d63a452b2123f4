extension CauseID {
  package static let cloudIdleTimeout = CauseID(rawValue: "cloud-idle-timeout")
}

extension Cause {
  static let cloudIdleTimeout = Cause(
    id: .cloudIdleTimeout, code: "P25",
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
      --keepalive 60 passes.
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
    twins: [.natIdleTimeout])
}
