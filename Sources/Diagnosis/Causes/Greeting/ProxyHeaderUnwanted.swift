import SessionOptions
import SessionTrace

extension CauseID {
  package static let proxyHeaderUnwanted = CauseID(rawValue: "proxy-header-unwanted")
}

extension Cause {
  static let proxyHeaderUnwanted = Cause(
    id: .proxyHeaderUnwanted, code: "D17",
    title: "A header of the PROXY protocol reaches a server that does not know it",
    mechanism: """
      A balancer begins each connection with a header that names the client. A server that was not told \
      takes it for a command before the greeting: it answers 500, and every reply from there on stands \
      one place late; or it turns away an early talker.
      """,
    symptoms: """
      The first reply behind the greeting is 500 or 502 to a command that nobody sent; or 554, or the \
      end of the connection, in the place of the greeting. The server's log shows a command PROXY.
      """,
    experiment: """
      Through the balancer and past it; with --proxy v1 and without. From a client's chair nothing shows \
      a header that somebody else put in front.
      """,
    remedies: Remedies(
      exim: [.setting("hosts_proxy = <addresses of the balancers>", "On the receiving Exim.")],
      postfix: [
        .setting(
          "smtpd_upstream_proxy_protocol = haproxy",
          "Or postscreen_upstream_proxy_protocol, on the port that the balancer leads to.")
      ],
      receiver: [
        .advice(
          "Or have the balancer send none (HAProxy: server lines without send-proxy). Both sides, or neither."
        )
      ]),
    sources: [
      "HAProxy, doc/proxy-protocol.txt, section 2", "Postfix postconf(5)",
      "Exim specification, Proxies, hosts_proxy",
    ],
    twins: [.greetPausePregreet],
    rules: [.headerUnwanted])
}

extension CauseRule {
  fileprivate static let headerUnwanted = CauseRule(
    fits: {
      $0.trace.hasOption("proxy") && $0.group != .connection && $0.group <= .envelope
        && $0.refusal?.reason == nil
    },
    requires: [
      .goes(with: .noProxy),
      // Whom the header names may be unwanted, and not the header.
      .stays {
        $0.subject.given.proxy.flatMap { $0.subject == .connection ? nil : .proxy($0.version) }
      },
    ],
    best: .confirmed)
}
