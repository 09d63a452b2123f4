extension CauseID {
  package static let ctInvalidRst = CauseID(rawValue: "ct-invalid-rst")
}

extension Cause {
  static let ctInvalidRst = Cause(
    id: .ctInvalidRst, code: "P21",
    title: "A packet called invalid is not translated back, and a stranger resets it",
    mechanism: """
      Where addresses are translated (Kubernetes, Docker, NAT), a packet outside the window \
      that the tracker expects is not translated back. It reaches the other end from a \
      stranger, which resets it; or it is dropped and the transfer stalls.
      """,
    symptoms: """
      A reset or a stall in long messages, now and then; nf_conntrack counts invalid packets.
      """,
    experiment: """
      Little in flight (--split 1000 --split-delay ack) passes.
      """,
    remedies: Remedies(
      kernel: [
        .setting(
          "sysctl -w net.netfilter.nf_conntrack_tcp_be_liberal=1", "On the host that translates.")
      ]),
    sources: [
      "kubernetes issues 74839 and 117924",
      "kubernetes.io blog, 2019-03-29",
    ],
    twins: [.tfoConntrackWscaleReset])
}
