extension CauseID {
  package static let rdnsOrReputationReject = CauseID(rawValue: "rdns-or-reputation-reject")
}

extension Cause {
  static let rdnsOrReputationReject = Cause(
    id: .rdnsOrReputationReject, code: "I4",
    alsoCalled: [
      "Spamhaus", "Barracuda", "SpamCop", "SORBS", "UCEPROTECT", "Talos", "Proofpoint", "Mimecast",
      "blacklist", "blocklist", "RBL", "DNSBL", "delisting", "reverse DNS", "rDNS", "FCrDNS", "PTR",
    ],
    title: "Refused for the address it comes from",
    mechanism: """
      The server refuses a client without a PTR record, or one on a block list, or with a poor \
      name. It says so: 550 5.7.25, 554 5.7.1. Large receivers put off, with 421 or 451, who has \
      a poor name or sends more than usual: [TSS04] at Yahoo, 4.7.28 at Gmail, S77719 at \
      Microsoft. It is policy, not transport, and no greylisting: time alone decides nothing.
      """,
    symptoms: "Rejected or deferred with words about reverse DNS, a list, volume or reputation.",
    experiment: "None by transport. Another source address shows that it is the address.",
    remedies: Remedies(
      receiver: [
        .advice("The sender needs a PTR record that leads back to its address, and delisting.")
      ]),
    sources: [
      "RFC 7372 (5.7.25); github.com/lettre/lettre pull request 1153"
    ],
    twins: [.banner5xxOrDrop, .greylisting],
    rules: [.reputation])
}

extension CauseRule {
  fileprivate static let reputation = CauseRule(
    fits: { $0.isRefused && $0.refusal?.reason == .reputation },
    requires: [.said("the sender's address, its name, its volume or its reputation is minded")],
    decider: "the receiver's postmaster, who knows the rule behind the text")
}
