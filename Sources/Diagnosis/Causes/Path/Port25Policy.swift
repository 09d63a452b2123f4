extension CauseID {
  package static let port25Policy = CauseID(rawValue: "port25-policy")
}

extension Cause {
  static let port25Policy = Cause(
    id: .port25Policy, code: "P26",
    title: "The sender's provider lets nobody out on port 25",
    mechanism: """
      Google's cloud blocks port 25 for good, Azure most subscriptions, Amazon until it is \
      asked, and many hosters for new accounts.
      """,
    symptoms: """
      Port 25 is dead to every server, while 443 and 587 of the same hosts answer; the trace \
      ends at the first hops.
      """,
    experiment: """
      Three servers that have nothing to do with each other, on ports 25 and 587.
      """,
    remedies: Remedies(
      receiver: [
        .advice(
          """
          Nothing there. Ask the provider, or send by a smarthost on port 587.
          """)
      ]),
    sources: [
      "Google Cloud, Sending email from an instance",
      "Microsoft Learn, Troubleshoot outbound SMTP connectivity",
    ],
    twins: [.synFiltered])
}
