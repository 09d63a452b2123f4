extension CauseID {
  package static let pmtuOverlay = CauseID(rawValue: "pmtu-overlay")
}

extension Cause {
  static let pmtuOverlay = Cause(
    id: .pmtuOverlay, code: "P23",
    alsoCalled: [
      "MTU", "VPN", "WireGuard", "IPsec", "PPPoE", "VXLAN", "Docker", "tunnel", "overlay network",
    ],
    title: "The MTU inside a container, tunnel or cloud is larger than the one outside",
    mechanism: """
      Packets of the inner size do not fit the outer link, and the ICMP message that says so \
      does not come through. The numbers give it away: 1450 (VXLAN), 1420 (WireGuard), 1400 \
      (IPsec), 1492 (PPPoE), 1460 (Google's network), 1280 (tunnels of IPv6).
      """,
    symptoms: """
      As pmtu-blackhole-forward. A packet of 2,958 bytes in a capture is segmentation offload, \
      and not the wire.
      """,
    experiment: """
      --mss 536 passes; --hops, and tracepath, say between which hops.
      """,
    remedies: Remedies(
      kernel: [
        .advice(
          """
          The MTU of the bridge or pod network (mtu of dockerd), or clamp the MSS to the \
          path's.
          """)
      ]),
    sources: [
      "mailcow pull request 6686; docker-mailserver issue 4248; PHPMailer issue 2599"
    ],
    twins: [.pmtuBlackholeForward])
}
