import SessionTrace

extension CauseID {
  package static let serverTrouble = CauseID(rawValue: "server-trouble")
}

extension CatalogueRemark {
  static let serverTrouble = CatalogueRemark(
    id: .serverTrouble,
    text: """
      The server says that it has trouble of its own. It has no room on its disk or no memory, a \
      filter that it asks (a milter, a virus scanner) does not answer, its configuration is wrong, \
      or it is shutting down. Nothing in the session or on the way is the matter, and no retry \
      from here changes it; senders come again by themselves.
      """,
    causes: [.greylisting, .connectionLimit421],
    rules: [.trouble])
}

extension CauseRule {
  /// A remark of the catalogue's: the server says what it is.
  fileprivate static let trouble = CauseRule(
    fits: { $0.isRefused(for: .trouble) },
    requires: [.said("it has trouble of its own")],
    decider:
      "the server's log of the same moment: disk, memory, and what it asks before it takes mail")
}
