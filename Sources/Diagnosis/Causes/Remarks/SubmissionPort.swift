extension CauseID {
  package static let submissionPort = CauseID(rawValue: "submission-port")
}

extension CatalogueRemark {
  static let submissionPort = CatalogueRemark(
    id: .submissionPort,
    alsoCalled: [
      "port 587", "login", "authentication", "password", "SMTP AUTH", "OAuth", "OAuth2", "XOAUTH2",
    ],
    text: """
      MAIL or RCPT was refused with 530 while AUTH is offered: a port for users' own programs, \
      which have to log in (RFC 6409). Mail from other servers goes to port 25. Large providers \
      answer 535 to the account's own password, and want OAuth 2.0 (--auth XOAUTH2), or a password \
      made for the program.
      """,
    causes: [.rdnsOrReputationReject])
}
