import SessionTrace

extension CauseID {
  package static let avProxyStoreAndForward = CauseID(rawValue: "av-proxy-store-and-forward")
}

extension Cause {
  static let avProxyStoreAndForward = Cause(
    id: .avProxyStoreAndForward, code: "D4",
    alsoCalled: [
      "antivirus", "virus scanner", "ClamAV", "Amavis", "Avast", "FortiGate", "Fortinet", "Sophos",
      "SonicWall", "WatchGuard",
    ],
    title: "A scanner in between keeps the message back, and answers late or not at all",
    mechanism: """
      A transparent antivirus proxy, on a gateway or on the server itself, accepts the content at \
      the speed of the local network, holds it while it scans, and passes it on only then. On a \
      hit it cuts the connection; on a large message the client's patience ends before the scan. \
      The server behind it may see half a message.
      """,
    symptoms: """
      Content taken at wire speed with no back-pressure, a round trip of TCP far below that of \
      any reply, then a stall at dot with custody acknowledged_unanswered whose length grows with \
      the size of the message.
      """,
    experiment: """
      Messages of several sizes (--message-size): a wait that is linear in the size is a scan. \
      Plain text against an attachment. A NOOP that takes much longer than TCP's round trip \
      speaks for something nearer than the server.
      """,
    remedies: Remedies(
      receiver: [
        .advice(
          """
          Exclude port 25 of mail servers from transparent scanning, or switch the proxy to the \
          mode that streams (FortiGate: splice).
          """)
      ]),
    sources: [
      "Fortinet technical tips 99477 and 10445",
      "Juniper topic 44515 (CHUNKING is not scanned)",
    ],
    twins: [.eodSplitMailguard, .genericTcpTermination],
    rules: [.scanner])
}

extension CauseRule {
  fileprivate static let scanner = CauseRule(
    // A message that is small already cannot show what a smaller one would do.
    fits: { $0.isUnanswered && $0.stage == .dot && $0.smallMessage != nil },
    requires: [
      .goes { .patience($0.longPatience) }, .goes(with: .smallMessage),
      .notPipelining,
    ],
    tells: [.somethingInFront],
    decider: "the receiver's own scanner, and its log, by who runs the server")
}
