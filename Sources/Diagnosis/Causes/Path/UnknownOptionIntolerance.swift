extension CauseID {
  package static let unknownOptionIntolerance = CauseID(rawValue: "unknown-option-intolerance")
}

extension Cause {
  static let unknownOptionIntolerance = Cause(
    id: .unknownOptionIntolerance, code: "P28",
    title: "A SYN with an option that a device does not know is dropped, or loses it",
    mechanism: """
      Multipath TCP, Fast Open, accurate ECN and options to come stand in the SYN. A device \
      that does not know one drops the packet, or takes the option away.
      """,
    symptoms: """
      Connections fail from programs that use the option, and from no other; the SYN is \
      repeated without it.
      """,
    experiment: """
      --fast-open cookie and off, where Fast Open is the option in question.
      """,
    remedies: Remedies(
      kernel: [
        .advice(
          """
          Do not use the option towards that host.
          """)
      ]),
    sources: [
      "Is it still possible to extend TCP?, IMC 2011"
    ],
    twins: [.tfoSynDropped])
}
