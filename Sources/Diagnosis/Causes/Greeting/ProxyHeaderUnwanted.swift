import SessionOptions
import SessionTrace

extension CauseID {
  package static let proxyHeaderUnwanted = CauseID(rawValue: "proxy-header-unwanted")
}

extension Cause {
  static let proxyHeaderUnwanted = Cause(
    id: .proxyHeaderUnwanted, code: "D17",
    alsoCalled: ["PROXY protocol", "HAProxy", "load balancer", "send-proxy"],
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
    rules: [.headerUnwanted, .spokenFor])
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

  /// The header comes from something in front of us, a balancer: a binary one holds line ends, so that the server
  /// takes it for several commands.
  fileprivate static let spokenFor = CauseRule(
    fits: { !$0.trace.hasOption("proxy") && $0.trace.refusedBesides != nil },
    requires: [.refusesWhatNobodySaid],
    decider: """
      what stands in front of the server, and its settings (send-proxy, proxy_protocol); the same \
      session past it
      """)
}

extension Criterion {
  fileprivate static let refusesWhatNobodySaid = Criterion(variations: { _ in [] }) { evidence in
    guard let refused = evidence.control.trace.refusedBesides else { return .unknown }
    return .yes(
      "the server refuses \(count(refused.lines, "line")) behind its greeting, and we sent"
        + " \(refused.sent): something in front of it says the others, as a balancer that puts a"
        + " PROXY header there")
  }
}

extension Trace {
  /// Lines that the server refuses as no command of its own, where they are more than were sent; `nil` where they
  /// are not.
  fileprivate var refusedBesides: (lines: Int, sent: Int)? {
    guard isGreeted, !replies.contains(where: { $0.stage == .ehlo && $0.code == 250 }) else {
      return nil
    }
    let lines = replies.count { $0.stage <= .ehlo && [500, 501, 502].contains($0.code) }
    let sent = commands.count { $0.stage <= .ehlo }
    return lines >= 2 && lines > sent ? (lines, sent) : nil
  }
}
