extension CauseID {
  package static let accecnOrEcnOn = CauseID(rawValue: "accecn-or-ecn-on")
}

extension Cause {
  static let accecnOrEcnOn = Cause(
    id: .accecnOrEcnOn, code: "P27",
    title: "A kernel that asks for accurate ECN meets a path that cannot bear it",
    mechanism: """
      From Linux 6.18 on tcp_ecn knows the values 3 to 5, for accurate ECN: three flags in the \
      SYN, and an option on data. A device may clear the flags, or drop such packets.
      """,
    symptoms: """
      As ecn-blackhole, on hosts with tcp_ecn over 2.
      """,
    experiment: """
      The same with tcp_ecn at 2 on the sender.
      """,
    remedies: Remedies(
      kernel: [
        .setting(
          "sysctl -w net.ipv4.tcp_ecn=2", "ECN only when the other side asks for it; the default.")
      ]),
    sources: [
      "Linux include/net/tcp_ecn.h, ip-sysctl, tcp_ecn"
    ],
    twins: [.ecnBlackhole])
}
