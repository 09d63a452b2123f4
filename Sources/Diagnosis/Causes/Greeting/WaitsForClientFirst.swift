import SessionTrace

extension CauseID {
  package static let waitsForClientFirst = CauseID(rawValue: "waits-for-client-first")
}

extension Cause {
  static let waitsForClientFirst = Cause(
    id: .waitsForClientFirst, code: "D14",
    alsoCalled: ["service mesh", "sidecar", "Istio", "Linkerd", "Envoy", "Traefik", "Kubernetes"],
    title: "Something in front opens the way to the server only after our first bytes",
    mechanism: """
      Proxies of service meshes and some ingress gateways look at a client's first bytes to tell \
      HTTP, TLS and plain TCP apart. A client of SMTP says nothing before the greeting, so both \
      wait: for as long as the proxy allows its detection (10 s in Linkerd), or for ever. It need \
      not have connected to the server yet, which may even be down.
      """,
    symptoms: """
      Connected at once, and no greeting, or one that is late by the same time whenever one asks. \
      Whoever types something by hand sees the greeting then.
      """,
    experiment: """
      --pregreet, which sends EHLO before the greeting has come: the greeting comes within a round \
      trip, and the session passes. A server that pauses on purpose turns such a client away.
      """,
    remedies: Remedies(
      receiver: [
        .advice(
          """
          Name the port of the service tcp-smtp, or give it appProtocol: tcp, so that Istio does not \
          look at the bytes; in Linkerd, list it in config.linkerd.io/opaque-ports.
          """),
        .advice(
          """
          Where the sender is in the mesh: traffic.sidecar.istio.io/excludeOutboundPorts: "25,465,587", \
          or config.linkerd.io/skip-outbound-ports.
          """),
      ]),
    sources: [
      "linkerd.io, TCP Proxying and Protocol Detection (2.x)",
      "istio issues 13394, 34444 and 34591; mox issue 275; inbucket issue 272",
    ],
    twins: [.bannerDelay, .backlogNoBanner],
    rules: [.waitsForFirstBytes])
}

extension CauseRule {
  fileprivate static let waitsForFirstBytes = CauseRule(
    fits: { $0.isSilentGreeting && !$0.talksEarly },
    requires: [
      .goes(with: .pregreet), .greetsWhoSpeaks,
    ],
    confirms: [
      .unless(
        "segments without data arrived before the greeting: they may be the server's SYN-ACK, sent again"
          + " because it has not seen our side of the handshake", \.repeatsHandshake)
    ],
    best: .confirmed,
    decider: "a capture here while a session waits for the greeting: what comes meanwhile")
}

extension Criterion {
  /// What comes when we speak is a greeting, and no word to an early talker.
  fileprivate static let greetsWhoSpeaks = shown(with: { _ in .pregreet }) { _, trace in
    guard let reply = trace.replies.first(where: { $0.stage == .banner }) else { return .unknown }
    return reply.code == 220
      ? .yes("speaking first we are greeted")
      : .no("speaking first we are turned away (\(reply.code)): the server itself listens")
  }
}
