extension CauseID {
  package static let exact64kStop = CauseID(rawValue: "exact-64k-stop")
}

extension Cause {
  static let exact64kStop = Cause(
    id: .exact64kStop, code: "P24",
    title: "Messages stop at 65,536 bytes exactly, whatever the segment size",
    mechanism: """
      Seen at one receiver since April 2024 for messages of one provider, by BDAT and DATA \
      alike; no reason is public. It fits a tracker or a window at the receiver's edge.
      """,
    symptoms: """
      The offset of the stop is a power of two, and the same at every MSS.
      """,
    experiment: """
      --mss 536 stops at the same offset. With little in flight it may pass.
      """,
    remedies: Remedies(
      receiver: [
        .advice(
          """
          Look at trackers and packet filters in front of the server.
          """)
      ]),
    sources: [
      "docker-mailserver issue 3985"
    ],
    twins: [.ctInvalidRst])
}
