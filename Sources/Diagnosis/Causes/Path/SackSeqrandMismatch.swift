extension CauseID {
  package static let sackSeqrandMismatch = CauseID(rawValue: "sack-seqrand-mismatch")
}

extension Cause {
  static let sackSeqrandMismatch = Cause(
    id: .sackSeqrandMismatch, code: "P9",
    title: "A firewall rewrites sequence numbers and forgets the SACK blocks",
    mechanism: """
      A firewall that randomises sequence numbers must translate the blocks of selective \
      acknowledgements too. If it does not, the sender gets blocks outside its window as soon as \
      a packet is lost, ignores them, and recovers by timeouts alone; some stacks drop the whole \
      acknowledgement and stall.
      """,
    symptoms: """
      Custody unacknowledged, only after real loss; SACK was negotiated and no block is ever \
      counted.
      """,
    experiment: """
      None that decides without root. With net.ipv4.tcp_sack = 0 on the sender it goes away.
      """,
    remedies: Remedies(
      kernel: [
        .setting("net.ipv4.tcp_sack = 0", "For the whole host; for a test.")
      ],
      receiver: [
        .setting(
          "set connection random-sequence-number disable",
          "On the ASA; older releases: norandomseq.")
      ]),
    sources: [
      "Cisco, disabling TCP sequence randomization; Cisco community 3108605",
      "RFC 2018",
    ],
    twins: [.tfoConntrackWscaleReset, .pmtuBlackholeForward])
}
