import SessionTrace

extension CauseID {
  package static let nullMx = CauseID(rawValue: "null-mx")
}

extension Cause {
  static let nullMx = Cause(
    id: .nullMx, code: "I3",
    alsoCalled: ["null MX", "does not accept mail"],
    title: "The domain takes no mail",
    mechanism: """
      A single MX record of preference 0 with a dot for a name says that the domain accepts no \
      mail (RFC 7505). It is final: the address records of the domain must not be tried.
      """,
    symptoms: "Unreachable at resolve, with the null MX as the reason.",
    experiment: "None is needed: the DNS says so.",
    remedies: Remedies(
      receiver: [
        .advice("Nothing to mend, unless the record is a mistake.")
      ]),
    sources: [
      "RFC 7505"
    ],
    twins: [.mxCname],
    rules: [.nullMX])
}

extension CauseRule {
  fileprivate static let nullMX = CauseRule(
    fits: { $0.resolveFailure?.name == "NULL_MX" },
    requires: [
      .seen("the domain's only MX record names nobody: it takes no mail", not: "") { _ in true }
    ],
    decider: "the domain's own MX records, from any other place: they are the last word")
}
