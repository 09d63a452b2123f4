import SessionTrace

extension CauseID {
  package static let connectionRefused = CauseID(rawValue: "connection-refused")
}

extension CatalogueRemark {
  static let connectionRefused = CatalogueRemark(
    id: .connectionRefused,
    alsoCalled: ["ECONNREFUSED", "nothing listens", "server down"],
    text: """
      The address answers, and refuses the connection. A reset came in answer to the SYN: nothing \
      listens on that port there (the mail server is down, or listens on other addresses or \
      ports), or a packet filter of the host, or of a provider that wants no mail sent, refuses in \
      its name. A client cannot tell these apart. Mail servers try the next address, and later \
      this one again.
      """,
    causes: [.synFiltered, .multiMxPartial, .ecnBlackhole, .tfoLateConnectError],
    rules: [.refused])
}

extension CauseRule {
  /// A remark of the catalogue's: an answer to the SYN is no filter, or one that cannot be told from a
  /// host on which nothing listens.
  fileprivate static let refused = CauseRule(
    fits: { $0.status == .unreachable && $0.stage == .connect && !$0.refusedAttempts.isEmpty },
    requires: [.told(of: \.refusedAttempts)],
    decider:
      "on the server: whether anything listens there (ss -ltn); from another network: whether"
      + " it is refused there too")
}

extension Control {
  /// Attempts that were answered with a reset: by the host itself, or in its name.
  fileprivate var refusedAttempts: [ConnectionAttempt] {
    trace.attempts.filter { $0.failure != nil && $0.failureOrigin == "rst" }
  }
}
