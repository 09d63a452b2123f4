extension CauseID {
  package static let tls13MiddleboxVersion = CauseID(rawValue: "tls13-middlebox-version")
}

extension Cause {
  static let tls13MiddleboxVersion = Cause(
    id: .tls13MiddleboxVersion, code: "H12",
    title: "A device in between breaks TLS 1.3",
    mechanism: """
      A device that inspects TLS insists on version 1.2, or loses the second ClientHello \
      behind HelloRetryRequest.
      """,
    symptoms: """
      A stall or an alert in the handshake; with TLS 1.2 it passes.
      """,
    experiment: """
      --tls-priority NORMAL:-VERS-TLS1.3 passes.
      """,
    remedies: Remedies(
      receiver: [
        .advice(
          """
          Update the device, or take it out of the way of port 25.
          """)
      ]),
    sources: [
      "RFC 8446 appendix D"
    ],
    twins: [.tlsLegacyIntolerance])
}
