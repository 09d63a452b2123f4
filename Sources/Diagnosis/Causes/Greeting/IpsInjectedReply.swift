import SessionOptions
import SessionTrace

extension CauseID {
  package static let ipsInjectedReply = CauseID(rawValue: "ips-injected-reply")
}

extension Cause {
  static let ipsInjectedReply = Cause(
    id: .ipsInjectedReply, code: "D5",
    alsoCalled: ["IPS", "Snort", "Suricata", "Palo Alto"],
    title: "A firewall forges a reply and resets the connection",
    mechanism: """
      An intrusion prevention system recognises something in the content, writes a 5xx of its own \
      into the stream in the server's name, and resets both sides. The server knows nothing of it \
      and times out five minutes later.
      """,
    symptoms: """
      Closed or reset during or right after the content, with a 5xx in words foreign to the \
      server (541 5.4.1 is one), or with none. The IP TTL of that segment differs from the \
      server's, which only a capture shows.
      """,
    experiment: """
      A neutral body of the same size passes; a harmless test pattern (EICAR) brings it back.
      """,
    remedies: Remedies(
      receiver: [
        .advice(
          """
          The owner of the policy must say what it matched, and let the mail server refuse mail \
          by itself.
          """)
      ]),
    sources: [
      "blog.webernetz.net 2014-08-28, Palo Alto threat prevention and SMTP 541"
    ],
    rules: [.injectedReply])
}

extension CauseRule {
  fileprivate static let injectedReply = CauseRule(
    fits: {
      $0.group == .message && $0.sendsMessage
        && ($0.repliedEarly || $0.isBrokenOff || $0.isRefused && $0.trace.wireError != nil)
    },
    requires: [.goes(with: .plainMessage), .stays { $0.mends(.zeros) }],
    decider: "the server's log: whether it sent that reply, or waits for the rest of the data")
}
