extension CauseID {
  package static let sndWl1Wrap = CauseID(rawValue: "snd-wl1-wrap")
}

extension Cause {
  static let sndWl1Wrap = Cause(
    id: .sndWl1Wrap, code: "P20",
    title: "A window stays shut although it was opened again: a fault of old kernels",
    mechanism: """
      A sender that has sent more than 2 GiB on the fast path passes over window updates. SMTP \
      seldom sends so much on one connection. Mended in Linux in 2020.
      """,
    symptoms: """
      Custody window_closed with keepalives answered, behind gigabytes.
      """,
    experiment: """
      None that a session can make. A new connection is well.
      """,
    remedies: Remedies(
      kernel: [
        .advice(
          """
          A kernel of 2020 or later on the sender.
          """)
      ]),
    sources: [
      "engineering.skroutz.gr, 2021"
    ],
    twins: [.smallSegmentsZeroWindow])
}
