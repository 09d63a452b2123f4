import SessionOptions
import SessionTrace

extension CauseID {
  package static let proxyHeaderExpected = CauseID(rawValue: "proxy-header-expected")
}

extension Cause {
  static let proxyHeaderExpected = Cause(
    id: .proxyHeaderExpected, code: "D16",
    alsoCalled: ["PROXY protocol", "HAProxy", "Traefik", "load balancer", "send-proxy"],
    title: "The server waits for a header of the PROXY protocol before it greets",
    mechanism: """
      A server behind a balancer is told who the client is by a header that stands before everything \
      else. Reached directly, past the balancer or after it was taken away, it waits for the header in \
      vain: it greets nobody, and drops whoever says something else.
      """,
    symptoms: """
      Connected at once and no greeting; or the end of the connection without a byte, always after the \
      same time (5 s with Postfix's postscreen). Whoever speaks first is dropped.
      """,
    experiment: "--proxy v1 or --proxy v2, which begin with such a header: the greeting comes.",
    remedies: Remedies(
      exim: [
        .setting(
          "hosts_proxy = <addresses of the balancers>",
          "On a receiving Exim: no other host is asked for the header.")
      ],
      postfix: [
        .setting(
          "postscreen_upstream_proxy_protocol =", "On a receiving Postfix that is reached directly."
        ),
        .setting(
          "smtpd_upstream_proxy_protocol =",
          "The same for smtpd; look for -o lines in master.cf, too."),
      ],
      receiver: [
        .advice(
          """
          Have what stands in front send the header (HAProxy: send-proxy or send-proxy-v2 in the server \
          line), or take the setting that expects it away. Both sides, or neither.
          """)
      ]),
    sources: [
      "HAProxy, doc/proxy-protocol.txt, section 2", "Postfix POSTSCREEN_README and postconf(5)",
      "Exim specification, Proxies, hosts_proxy", "docker-mailserver issue 4317",
    ],
    twins: [.waitsForClientFirst],
    rules: [.waitsForHeader])
}

extension CauseRule {
  fileprivate static let waitsForHeader = CauseRule(
    fits: { $0.hasNotBeenGreeted && !$0.trace.hasOption("proxy") },
    // Who spoke first and was not greeted has asked that already.
    requires: [
      .greetsBehindHeader, .notForWhoeverSpeaks.idleUnless { !$0.talksEarly }, .waitingIsNotEnough,
    ],
    best: .confirmed)
}

extension Criterion {
  private static let headers = [Variation.proxy(.v1), .proxy(.v2)]

  /// Behind one of the two headers the session passes, and what follows it is understood.
  fileprivate static let greetsBehindHeader = Criterion(
    variations: { evidence in
      let cures = headers.filter { evidence.effect(of: $0) == .gone }
      return cures.isEmpty ? headers : cures
    },
    answer: { evidence in
      let cures = headers.filter { evidence.effect(of: $0) == .gone }
      guard let cure = cures.first else {
        let isTried = headers.allSatisfy { evidence.effect(of: $0) != nil }
        return isTried ? .no("a PROXY header changes nothing, in text or in binary") : .unknown
      }
      guard evidence.trace(with: cure)?.understandsHello == true else {
        return .no("behind a PROXY header the server greets, and takes the header for a command")
      }
      return .yes(evidence.sentence(on: cure))
    })

  /// Who talked first gets no greeting by waiting for it, either: a session with a header does wait.
  fileprivate static let waitingIsNotEnough = Criterion(variations: { _ in [.noPregreet] }) {
    evidence in
    switch evidence.effect(of: .noPregreet) {
    case .gone: .no("who waits for the greeting gets one without a header")
    case .same, .other: .yes("who waits for the greeting gets none without a header")
    case .unclear, .impossible, .observed, nil: .unknown
    }
  }.idleUnless(\.talksEarly)

  /// Whoever greets at any first word waits for no header.
  fileprivate static let notForWhoeverSpeaks = Criterion(variations: { _ in [.pregreet] }) {
    evidence in
    switch evidence.effect(of: .pregreet) {
    case .gone: .no("speaking first, with EHLO, has us greeted as well")
    case .same, .other, .impossible: .yes("speaking first, with EHLO, does not have us greeted")
    case .unclear, .observed, nil: .unknown
    }
  }
}

extension Trace {
  /// The greeting and EHLO's reply came in order, and nothing beside them.
  fileprivate var understandsHello: Bool {
    isGreeted && replies.allSatisfy(\.wasDue)
      && replies.contains { $0.stage == .ehlo && (200..<300).contains($0.code) }
      && !replies.contains { $0.stage == .ehlo && $0.code >= 400 }
  }
}
