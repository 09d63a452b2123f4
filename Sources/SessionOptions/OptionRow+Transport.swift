import SessionTrace

/// How the bytes travel: smtpprobe's own ground.
extension OptionRow {
  package static let server = value(
    "server", \.server, .transport, "Server to connect to, instead of what TARGET names."
  ).with {
    $0.short = "s"
    $0.names = .otherHost
    $0.key = nil
    $0.mayComeFromAReport = false
  }

  package static let port = value(
    "port", \.port, in: 1...65_535, .transport,
    "Port. Default: 25; 465 with --tls implicit; 24 with --lmtp."
  ).with { $0.short = "p" }

  package static let resolver = value(
    "resolver", \.resolver, .transport,
    "Ask this name server (ADDRESS[:PORT]) for MX records and addresses, not the system."
  ).with {
    $0.mayComeFromAReport = false
    $0.names = .otherHost
  }

  package static let ipv4 = family(.ipv4, "4", "IPv4 only.").with { $0.key = "family" }
  package static let ipv6 = family(.ipv6, "6", "IPv6 only.")

  package static let split = value(
    "split", \.split, .transport,
    "Cut each flight: 513 | 100,1,rest | command | crlf | dot:1..dot:4. See smtpprobe manual segment-plans."
  ).with { $0.actsFrom = .ehlo }

  package static let splitDelay = value(
    "split-delay", \.splitDelay, .transport,
    "Wait between pieces: 50ms, or 'ack' until the piece before is acknowledged."
  ).with { $0.actsFrom = .ehlo }

  package static let splitStage = value(
    "split-stage", \.splitStage, .transport, "Cut only: envelope, tls, data, all.")

  package static let halfClose = flag(
    "half-close", \.halfClose, .transport,
    "FIN behind QUIT (shutdown), then read on. With --early-quit behind the dot and QUIT, in their segment, as Exim does in clear text."
  ).with { $0.actsFrom = .mail }

  package static let proxy = value(
    "proxy", \.proxy, .transport,
    "PROXY protocol header before all else: v1, v2, v2=SOURCE:PORT,DESTINATION:PORT, v1=unknown, v2=local."
  ).with {
    $0.placeholder = "header"
    $0.names = .otherHost
    $0.actsFrom = .banner
  }

  package static let nudge = flag(
    "nudge", \.nudge, .transport,
    "When a reply stays away although all was acknowledged: send NOOP, record what comes.")

  package static let hops = flag(
    "hops", \.hops, .transport,
    "Find how many hops away acknowledgements come from (by NOOP and TTL), and the host (by UDP).")

  /// One flag for each family; what a report has is the family.
  private static func family(
    _ family: AddressFamily, _ name: String, _ help: String
  ) -> OptionRow {
    OptionRow(
      name: name, shape: .flag, section: .transport, help: help,
      read: { (word, _) throws(OptionWordError) in
        let wanted = try word.map { (word) throws(OptionWordError) in
          try AddressFamily(option: word)
        }
        return { $0.family = wanted ?? family }
      },
      words: { $0.family == family ? ["-" + name] : [] },
      record: { $0.family.recorded },
      reset: { if $0.family == family { $0.family = .any } })
  }
}
