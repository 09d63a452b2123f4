import SessionTrace

extension CauseID {
  package static let finWithQuit = CauseID(rawValue: "fin-with-quit")
}

extension Cause {
  static let finWithQuit = Cause(
    id: .finWithQuit, code: "G6",
    title: "FIN behind QUIT is taken for an abort, and the reply to the message is lost",
    mechanism: """
      Exim sends the end of the message, QUIT and FIN in one segment, and reads on. A proxy or \
      a server that tears both directions down when one of them is closed drops the 250 that \
      is on its way, although the message may have been taken: the client sends it again.
      """,
    symptoms: """
      The end of the connection in the place of the reply to the message, from some clients \
      and never from others; mail that arrives twice.
      """,
    experiment: """
      --early-quit --half-close, and the same without --half-close: that passes.
      """,
    remedies: Remedies(
      exim: [
        .advice(
          """
          No option of a current Exim keeps it from half-closing. With a second message for \
          the same host waiting, or under TLS, it does not.
          """)
      ],
      receiver: [
        .advice(
          """
          Support a half-closed connection: HAProxy without option abortonclose, nginx with \
          proxy_half_close on.
          """)
      ]),
    sources: [
      "Exim transports/smtp.c, shutdown behind QUIT",
      "HAProxy configuration manual, option abortonclose; nginx, proxy_half_close",
    ],
    twins: [.halfCloseIntolerance],
    rules: [.tornDownByFIN])
}

extension CauseRule {
  fileprivate static let tornDownByFIN = CauseRule(
    fits: { $0.isBrokenOff && $0.stage == .dot && $0.trace.halfClosed != nil },
    requires: [.goes(with: .noHalfClose)],
    best: .confirmed)
}
