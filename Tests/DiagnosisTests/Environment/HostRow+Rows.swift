import SessionTrace

extension HostRow {
  private static let fault = "fast-open-conntrack -> tfo-conntrack-wscale-reset"
  private static let innocent = "fast-open-conntrack !> tfo-conntrack-wscale-reset"

  /// Connection tracking.
  static let tracking: [HostRow] = [
    HostRow("an old kernel that tracks", .losing, [fault]) { $0.trackOldKernel() },
    HostRow("an old kernel, tracking unknown", .losing, [fault]) {
      $0.trackOldKernel()
      $0.environment.connectionTracking = nil
    },
    HostRow("an old kernel that is not liberal", .losing, [fault]) {
      $0.trackOldKernel()
      $0.environment.sysctl["net.netfilter.nf_conntrack_tcp_be_liberal"] = "0"
    },
    HostRow("an old kernel that is liberal", .losing, [innocent]) {
      $0.trackOldKernel()
      $0.environment.sysctl["net.netfilter.nf_conntrack_tcp_be_liberal"] = "1"
    },
    HostRow("an old kernel without tracking", .losing, [innocent]) {
      $0.trackOldKernel()
      $0.environment.connectionTracking = ConnectionTrackingRecord(isLoaded: false)
    },
    HostRow("a kernel with the fix", .losing, [innocent]) {
      $0.trackOldKernel()
      $0.environment.kernel = "6.1.0-18-amd64"
    },
    HostRow("an old kernel, and Fast Open off", .losing, []) {
      $0.trackOldKernel()
      $0.options["fast_open"] = .text("off")
    },
    HostRow("an old kernel, and no cookie", .losing, []) {
      $0.trackOldKernel()
      $0.snapshots[0].facts.fastOpenFailure = 1
    },
    HostRow("an old kernel, and a window that is shut", .shut, []) { $0.trackOldKernel() },
    HostRow("a kernel without a version", .losing, []) {
      $0.trackOldKernel()
      $0.environment.kernel = "custom"
    },
    HostRow("invalid packets beside lost bytes", .losing, ["conntrack-invalid -> nothing"]) {
      $0.grow("nf_conntrack.invalid", by: 19)
    },
    HostRow(
      "invalid packets with Fast Open", .losing,
      [fault, "conntrack-invalid -> tfo-conntrack-wscale-reset"]
    ) {
      $0.trackOldKernel()
      $0.grow("nf_conntrack.invalid", by: 1)
    },
    HostRow(
      "invalid packets, and nobody answers", .unanswered,
      ["conntrack-invalid -> ct-port-reuse-challenge"]
    ) { $0.grow("nf_conntrack.invalid", by: 3) },
    HostRow("no invalid packets", .losing, []) { $0.grow("nf_conntrack.invalid", by: 0) },
    HostRow("a full table", .unanswered, ["conntrack-full -> syn-filtered"]) {
      $0.environment.connectionTracking = ConnectionTrackingRecord(
        isLoaded: true, entries: 65_536, limit: 65_536)
    },
    HostRow("a table that drops", .losing, ["conntrack-full -> nothing"]) {
      $0.environment.connectionTracking = ConnectionTrackingRecord(isLoaded: true)
      $0.grow("nf_conntrack.drop", by: 2)
    },
    HostRow("a table with room", .unanswered, []) {
      $0.environment.connectionTracking = ConnectionTrackingRecord(
        isLoaded: true, entries: 65_535, limit: 65_536)
    },
    HostRow("a full table, and a shut window", .shut, []) {
      $0.environment.connectionTracking = ConnectionTrackingRecord(
        isLoaded: true, entries: 9, limit: 9)
    },
  ]

  /// Filters, sizes, options.
  static let others: [HostRow] =
    filters + sizes + [
      HostRow(
        "no scaling beside lost bytes", .losing, ["window-scaling-off !> wscale-ignored-by-router"]
      ) {
        $0.set("tcp_window_scaling", 0)
      },
      HostRow(
        "no scaling and a shut window", .shut, ["window-scaling-off !> wscale-stripped-from-synack"]
      ) {
        $0.set("tcp_window_scaling", 0)
      },
      HostRow("scaling", .losing, []) { $0.set("tcp_window_scaling", 1) },
      HostRow("ECN asked for, no answer", .unanswered, ["ecn-asked-for -> ecn-blackhole"]) {
        $0.set("tcp_ecn", 1)
      },
      HostRow("ECN asked for, refused", .refused, ["ecn-asked-for -> ecn-blackhole"]) {
        $0.set("tcp_ecn", 3)
      },
      HostRow("ECN taken, not asked for", .unanswered, []) { $0.set("tcp_ecn", 2) },
      HostRow("ECN asked for, lost bytes", .losing, []) { $0.set("tcp_ecn", 1) },
      HostRow("no selective acknowledgements", .losing, ["sack-off !> sack-seqrand-mismatch"]) {
        $0.set("tcp_sack", 0)
      },
      HostRow("selective acknowledgements", .losing, []) { $0.set("tcp_sack", 1) },
      HostRow("no timestamps", .losing, ["timestamps-off !> tcp-timestamps-paws"]) {
        $0.set("tcp_timestamps", 0)
      },
      HostRow("no timestamps, and a shut window", .shut, []) { $0.set("tcp_timestamps", 0) },
      HostRow("timestamps that ran backwards", .losing, ["paws-discards -> tcp-timestamps-paws"]) {
        $0.set("tcp_timestamps", 1)
        $0.grow("TcpExtPAWSEstab", by: 4)
      },
      HostRow("a kernel that gives up early", .losing, ["short-patience -> nothing"]) {
        $0.ending = .failed(SystemFailure(call: "send", name: "ETIMEDOUT", code: 110, text: "no"))
        $0.set("tcp_retries2", 3)
      },
      HostRow("a kernel that gives up as usual", .losing, []) {
        $0.ending = .failed(SystemFailure(call: "send", name: "ETIMEDOUT", code: 110, text: "no"))
        $0.set("tcp_retries2", 15)
      },
      HostRow(
        "one SYN and no more", .withoutConnection("ETIMEDOUT", origin: "timeout"),
        ["short-patience -> nothing"]
      ) { $0.set("tcp_syn_retries", 1) },
      HostRow("our own deadline for a SYN", .unanswered, []) { $0.set("tcp_syn_retries", 1) },
    ]

  private static let filters: [HostRow] = [
    HostRow("packets that never left", .unanswered, ["local-drops -> syn-filtered"]) {
      $0.grow("IpOutRequests", by: 4)
      $0.grow("IpOutTransmits", by: 0)
    },
    HostRow("packets that never left, IPv6, held", .held, ["local-drops -> nothing"]) {
      $0.grow("Ip6OutRequests", by: 25)
      $0.grow("Ip6OutTransmits", by: 13)
    },
    HostRow("retransmissions that failed", .losing, ["local-drops -> nothing"]) {
      $0.grow("TcpExtTCPRetransFail", by: 3)
    },
    HostRow("a busy host, sampled twice", .unanswered, []) {
      $0.grow("IpOutRequests", by: 10_000)
      $0.grow("IpOutTransmits", by: 9_990)
    },
    HostRow("a router, which forwards", .unanswered, []) {
      $0.grow("IpOutRequests", by: 4)
      $0.grow("IpOutTransmits", by: 900)
    },
    HostRow("a kernel that does not count what it transmits", .unanswered, []) {
      $0.grow("IpOutRequests", by: 4)
    },
    HostRow("packets that never left, and a shut window", .shut, []) {
      $0.grow("IpOutRequests", by: 4)
      $0.grow("IpOutTransmits", by: 0)
    },
    HostRow("this host says no", .refusing, ["local-refusal -> nothing"]) { $0.set("tcp_sack", 1) },
    HostRow(
      "no IPv6", .withoutConnection("ENETUNREACH", origin: "local", address: "2001:db8::25"),
      ["local-refusal -> ipv6-broken-path"]
    ) { $0.set("tcp_sack", 1) },
    HostRow(
      "no route", .withoutConnection("ENETUNREACH", origin: "local"), ["local-refusal -> nothing"]
    ) { $0.set("tcp_sack", 1) },
    HostRow("a router says no", .withoutConnection("EHOSTUNREACH", origin: "icmp"), []) {
      $0.set("tcp_sack", 1)
    },
    HostRow(
      "an option that the kernel refuses", .withoutConnection("EOPNOTSUPP", origin: "local"),
      ["fast-open-forbidden -> nothing"]
    ) {
      $0.options["fast_open"] = .text("cookie")
      $0.set("tcp_fastopen", 2)
    },
    HostRow("Fast Open allowed", .withoutConnection("EOPNOTSUPP", origin: "local"), []) {
      $0.options["fast_open"] = .text("cookie")
      $0.set("tcp_fastopen", 1)
    },
    HostRow("Fast Open that failed", .unanswered, ["fast-open-failures -> tfo-syn-dropped"]) {
      $0.options["fast_open"] = .text("cookie")
      $0.grow("TcpExtTCPFastOpenActiveFail", by: 1)
    },
    HostRow("Fast Open of others that failed", .unanswered, []) {
      $0.grow("TcpExtTCPFastOpenActiveFail", by: 1)
    },
  ]

  private static let sizes: [HostRow] = [
    HostRow("full segments, no probing", .losing, ["no-mtu-probing -> pmtu-blackhole-forward"]) {
      $0.environment.route = RouteRecord(interface: "eth0", interfaceMTU: 1500, pathMTU: 1500)
      $0.set("tcp_mtu_probing", 0)
    },
    HostRow("full segments, probing", .losing, []) {
      $0.environment.route = RouteRecord(interface: "eth0", interfaceMTU: 1500, pathMTU: 1500)
      $0.set("tcp_mtu_probing", 1)
    },
    HostRow("small segments, no probing", .losing, []) {
      $0.environment.route = RouteRecord(interface: "eth0", interfaceMTU: 9000, pathMTU: 9000)
      $0.snapshots[0].facts.pathMTU = 9000
      $0.set("tcp_mtu_probing", 0)
    },
    HostRow("less than a segment is lost", .losing, []) {
      $0.environment.route = RouteRecord(interface: "eth0", interfaceMTU: 1500, pathMTU: 1500)
      $0.ledger.sent = 66_000
      $0.set("tcp_mtu_probing", 0)
    },
    HostRow("loopback has no path", .losing, []) {
      $0.environment.route = RouteRecord(interface: "lo", interfaceMTU: 1500, pathMTU: 1400)
      $0.set("tcp_mtu_probing", 0)
    },
    HostRow("a smaller path", .losing, ["path-mtu-smaller -> pmtu-blackhole-forward"]) {
      $0.environment.route = RouteRecord(interface: "eth0", interfaceMTU: 1500, pathMTU: 1400)
      $0.snapshots[0].facts.pathMTU = 1400
    },
    HostRow(
      "a smaller path, by the routes", .losing, ["path-mtu-smaller -> pmtu-blackhole-forward"]
    ) {
      $0.environment.route = RouteRecord(interface: "eth0", interfaceMTU: 1500, pathMTU: 1400)
      $0.snapshots[0].facts.pathMTU = nil
    },
    HostRow(
      "a smaller path, half a reply", .cutShort, ["path-mtu-smaller -> pmtu-blackhole-reverse"]
    ) {
      $0.environment.route = RouteRecord(interface: "eth0", interfaceMTU: 1500, pathMTU: nil)
      $0.snapshots[0].facts.pathMTU = 1400
    },
    HostRow("a smaller path that we told the server of", .cutShort, []) {
      $0.environment.route = RouteRecord(interface: "eth0", interfaceMTU: 1500, pathMTU: nil)
      $0.snapshots[0].facts.pathMTU = 1400
      $0.snapshots[0].facts.advertisedMSS = 1340
    },
    HostRow("a smaller path and a shut window", .shut, []) {
      $0.environment.route = RouteRecord(interface: "eth0", interfaceMTU: 1500, pathMTU: 1400)
      $0.snapshots[0].facts.pathMTU = 1400
    },
    HostRow("fragments", .losing, ["fragments-allowed -> pmtu-blackhole-forward"]) {
      $0.set("ip_no_pmtu_disc", 1)
    },
    HostRow("fragments only where the option did not say", .losing, []) {
      $0.set("ip_no_pmtu_disc", 1)
      $0.options["pmtu_discovery"] = .text("do")
    },
    HostRow("no fragments", .losing, []) { $0.set("ip_no_pmtu_disc", 0) },
  ]
}
