extension CauseID {
  package static let tfoLateConnectError = CauseID(rawValue: "tfo-late-connect-error")
}

extension Cause {
  static let tfoLateConnectError = Cause(
    id: .tfoLateConnectError, code: "P4",
    title: "The connection seems to stand, and the refusal comes with the first read",
    mechanism: """
      The lazy form of Fast Open returns from connect before the handshake. ECONNREFUSED or a \
      timeout then appears at the first read or write, and a mailer logs it as an SMTP error.
      """,
    symptoms: """
      An error of connecting in the stage banner, before any byte; the state of the socket was \
      SYN_SENT.
      """,
    experiment: "--fast-open off names the error where it belongs.",
    remedies: Remedies(
      exim: [
        .advice("Nothing to set: Exim knows the case and reports a failed connection.")
      ],
      receiver: [
        .advice("As for any refused connection.")
      ]),
    sources: [
      "Exim smtp.c, RESPONSE_FAILED"
    ])
}
