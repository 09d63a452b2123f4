import SessionTrace

extension CauseID {
  package static let synFiltered = CauseID(rawValue: "syn-filtered")
  package static let port25Blocked = CauseID(rawValue: "port25-blocked")
}

extension Cause {
  static let synFiltered = Cause(
    id: .synFiltered, code: "P17",
    aliases: [.port25Blocked],
    alsoCalled: [
      "port 25 blocked", "fail2ban", "ufw", "firewalld", "iptables", "nftables", "blocked port",
    ],
    title: "Port 25 is filtered",
    mechanism: """
      A provider, a cloud or a firewall lets no connection to port 25 out, or the server's \
      network lets none in. Silence is a drop, a reset is a refusal, and an ICMP message names \
      who forbids it.
      """,
    symptoms: """
      Unreachable: timeout, ECONNREFUSED, EHOSTUNREACH or EACCES; the attempts in the report say \
      who told it.
      """,
    experiment: """
      Another exchanger, another port of the same host (587, 443), the other address family.
      """,
    remedies: Remedies(
      exim: [
        .setting(
          "connect_timeout = 30s",
          "In the smtp transport; the default is 5m. Or route through a smarthost.")
      ],
      postfix: [
        .setting("relayhost = [SMARTHOST]:587", "Where the provider forbids port 25.")
      ],
      receiver: [
        .advice("Open port 25 to the world, or take the exchanger out of the DNS.")
      ]),
    sources: [
      "RFC 5321 section 4.5.4.1; Exim specification, connect_timeout"
    ],
    twins: [
      .tfoSynDropped, .tfoLateConnectError, .tcpTimestampsPaws, .ecnBlackhole,
      .ctPortReuseChallenge,
    ],
    rules: [.filtered])
}

extension CauseRule {
  fileprivate static let filtered = CauseRule(
    fits: { $0.status == .unreachable && $0.stage == .connect && !$0.filteredAttempts.isEmpty },
    requires: [
      .told(of: \.filteredAttempts),
      .stays { $0.usesFastOpen ? .fastOpenOff : nil },
      .stays { $0.localPort == nil ? nil : .anyPort },
      .stays { $0.usesIPv6 && $0.subject.addresses.count > 1 ? .ipv4 : nil },
    ],
    decider: """
      the same from another network, and other ports of the same host; and servers of other owners from \
      here (smtpprobe mx:DOMAIN, for two or three that have nothing to do with this one): where port \
      25 of all of them is dead, it is our own network (explain P26)
      """)
}

extension Control {
  /// Attempts that a filter ended, or whatever else lets nothing through: silence, a message of ICMP, or
  /// this host's own rule.
  var filteredAttempts: [ConnectionAttempt] {
    trace.attempts.filter { attempt in
      guard let failure = attempt.failure, !attempt.hasOneSYN else { return false }
      switch attempt.failureOrigin {
      case "timeout", "icmp": return true
      case "rst": return false
      // The kernel's "local" covers missing routes too; none is where the session's own end came first.
      default: return ["ETIMEDOUT", "EPERM", "EACCES"].contains(failure.name)
      }
    }
  }
}
