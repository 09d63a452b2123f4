extension CauseID {
  package static let submissionPort = CauseID(rawValue: "submission-port")
}

extension CatalogueRemark {
  static let submissionPort = CatalogueRemark(
    id: .submissionPort,
    text: """
      MAIL or RCPT was refused with 530 while AUTH is offered: a port for users' own programs, \
      which have to log in (RFC 6409). Mail from other servers goes to port 25.
      """,
    causes: [.rdnsOrReputationReject])
}
