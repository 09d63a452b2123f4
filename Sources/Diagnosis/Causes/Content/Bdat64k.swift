extension CauseID {
  package static let bdat64k = CauseID(rawValue: "bdat-64k")
}

extension Cause {
  static let bdat64k = Cause(
    id: .bdat64k, code: "F11",
    title: "A sender that stalls in BDAT above some size",
    mechanism: """
      The sender's own loop over chunks stops above 64 KiB. Nothing of the server's is at \
      fault.
      """,
    symptoms: """
      Messages over some size stall behind BDAT from one program, to whatever server.
      """,
    experiment: """
      smtpprobe --chunking on with a message of that size passes: the sender is at fault.
      """,
    remedies: Remedies(
      receiver: [
        .advice(
          """
          Nothing there. Update the sender, or have it send by DATA.
          """)
      ]),
    sources: [
      "Progressiverobot/hmailserver issue 261"
    ],
    twins: [.bdatBroken])
}
