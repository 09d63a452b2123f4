extension CauseID {
  package static let pacingHold = CauseID(rawValue: "pacing-hold")
}

extension Cause {
  static let pacingHold = Cause(
    id: .pacingHold, code: "P29",
    title: "Our own kernel paces so slowly that it looks like a stall",
    mechanism: """
      With BBR, or a pacing qdisc, the kernel sends at a rate that it has measured. Behind a \
      phase in which the program had little to say the measure may be far too low, and bytes \
      wait at home though the window is open.
      """,
    symptoms: """
      Custody held_locally that goes away by itself; bytes unsent, and progress at a steady \
      low rate.
      """,
    experiment: """
      Another congestion control on the sender.
      """,
    remedies: Remedies(
      kernel: [
        .setting("sysctl -w net.ipv4.tcp_congestion_control=cubic", "On the sender.")
      ]),
    sources: [
      "Linux include/uapi/linux/tcp.h, tcpi_pacing_rate, tcpi_busy_time"
    ],
    twins: [.nagleDelayedAck])
}
