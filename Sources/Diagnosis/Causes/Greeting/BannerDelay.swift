extension CauseID {
  package static let bannerDelay = CauseID(rawValue: "banner-delay")
}

extension Cause {
  static let bannerDelay = Cause(
    id: .bannerDelay, code: "D6",
    alsoCalled: ["ident", "port 113", "slow greeting", "slow banner"],
    title: "The greeting waits for reverse DNS, ident or a block list",
    mechanism: """
      Before it greets, the server looks the client up: its name in the DNS, a block list, or its \
      user by ident (RFC 1413). If the lookup meets a resolver that does not answer, or an ident \
      port whose packets are dropped and not refused, the client waits for that timeout first.
      """,
    symptoms: """
      Connected at once, then silence with custody peer_silent; the greeting comes after a round \
      number of seconds (5, 10, 15, 30), which are the timeouts of resolvers and ident.
      """,
    experiment: """
      Wait five minutes (--timeout 5m). Repeat at once: if it is fast now, a resolver's cache has \
      been warmed. If refusing port 113 instead of dropping it makes the greeting fast, it is \
      ident.
      """,
    remedies: Remedies(
      exim: [
        .setting("rfc1413_query_timeout = 0s", "On the receiving side; the default since 4.86.")
      ],
      postfix: [
        .setting("smtpd_peername_lookup = no", "On the receiving side.")
      ],
      kernel: [
        .setting(
          "iptables -A INPUT -p tcp --dport 113 -j REJECT --reject-with tcp-reset",
          "On the sender: refuse ident, do not drop it.")
      ],
      receiver: [
        .advice("Mend the resolver. The sender should have a PTR record that answers.")
      ]),
    sources: [
      "Exim FAQ Q0020; Exim ChangeLog 4.86 JH/07",
      "RFC 5321 section 4.5.3.2.1",
    ],
    twins: [.pmtuBlackholeReverse, .zeroWindowTarpit],
    rules: [.slowBanner])
}

extension CauseRule {
  fileprivate static let slowBanner = CauseRule(
    fits: { $0.isSilentGreeting },
    requires: [.windowIsOpen, .noSmallSegments, .notForEarlyTalk, .notGivenUp, .noOtherService],
    decider: loadDecider)
}
