extension CauseID {
  package static let tlspolMistaken = CauseID(rawValue: "tlspol-mistaken")
}

extension Cause {
  static let tlspolMistaken = Cause(
    id: .tlspolMistaken, code: "I9",
    alsoCalled: ["postfix-tlspol"],
    title: "Mail is put off before any connection: the lookup of its TLS policy fails",
    mechanism: """
      A program that looks up MTA-STS or DANE for the sending server cannot reach DNS or \
      HTTPS, for reasons of MTU for one. The mail is put off, and the receiving server never \
      hears of it.
      """,
    symptoms: """
      Deferred mail, and no connection in any log of the receiver.
      """,
    experiment: """
      smtpprobe connects and delivers: what fails is before the connection, on the sending \
      host.
      """,
    remedies: Remedies(
      postfix: [
        .setting(
          "smtp_tls_policy_maps =",
          "To see whether the policy daemon is to blame; it takes policies away, too.")
      ]),
    sources: [
      "mailcow pull request 6686"
    ],
    twins: [.mtaStsEnforce])
}
