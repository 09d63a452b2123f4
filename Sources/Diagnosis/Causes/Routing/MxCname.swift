import SessionTrace

extension CauseID {
  package static let mxCname = CauseID(rawValue: "mx-cname")
  package static let mxNoAddress = CauseID(rawValue: "mx-no-address")
  package static let mxLoop = CauseID(rawValue: "mx-loop")
}

extension Cause {
  static let mxCname = Cause(
    id: .mxCname, code: "I2",
    aliases: [.mxNoAddress, .mxLoop],
    alsoCalled: ["CNAME", "mail loop", "loops back to myself"],
    title: "The exchanger is an alias, has no address, or is the sender itself",
    mechanism: """
      RFC 5321 gives no meaning to an MX record that names a CNAME; some mailers follow it, \
      others do not. An exchanger without an address cannot be reached, and one that leads back \
      to the sender is a loop.
      """,
    symptoms: "Unreachable at resolve, before any packet.",
    experiment: "Look up the exchangers and their addresses (mx:DOMAIN tries each in turn).",
    remedies: Remedies(
      exim: [
        .setting("dns_cname_loops = 9", "Main option: how many aliases to follow.")
      ],
      postfix: [
        .setting(
          "smtp_defer_if_no_mx_address_found = yes",
          "Keeps the mail while the zone is being mended.")
      ],
      receiver: [
        .advice("Point MX at names with A or AAAA records.")
      ]),
    sources: [
      "RFC 5321 section 5.1; RFC 2181 section 10.3"
    ],
    twins: [.ipv6BrokenPath],
    rules: [.noExchanger])
}

extension CauseRule {
  fileprivate static let noExchanger = CauseRule(
    fits: {
      $0.isForDomain && $0.stage == .resolve && $0.status == .unreachable
        && $0.resolveFailure?.name != "NULL_MX" && $0.resolveFailure?.isAboutDNSSEC != true
        && !$0.trace.isOutsideOfPolicy
    },
    requires: [.noAddress],
    decider: "the MX records of the domain and the address records of each exchanger, asked of its"
      + " own name servers")
}

extension Control {
  /// Whether the target is a domain's mail exchangers, not a host that was named.
  fileprivate var isForDomain: Bool {
    let given = trace.target.given
    return given.hasPrefix("mx:") || given.contains("@") || given.hasPrefix("lab:")
  }
}

extension Criterion {
  fileprivate static let noAddress = Criterion(variations: { _ in [] }) { evidence in
    guard let failure = evidence.control.resolveFailure else {
      return .yes(
        "where the domain's mail goes could not be found out: the name server did not answer in time"
      )
    }
    let finding =
      failure.saysThereIsNone
      ? "no address for the domain's mail" : "where the domain's mail goes could not be found out"
    return .yes("\(finding): \(failure.name), \(failure.text)")
  }
}
