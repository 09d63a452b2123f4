import SessionTrace
import Wire

/// What will be asked about TLS before the first connection, and what the answer binds to.
extension PlanPreview {
  var policies: [String] {
    let isDomain = if case .mailDomain = plan.target.place { true } else { false }
    let name = escapedText(plan.target.name.utf8)
    var lines: [String] = []
    if let validator = plan.dane {
      let names = isDomain ? "MX of \(name); of each exchanger" : "of \(name)"
      let anchors =
        validator.anchors == ValidatorPlan.rootAnchors
        ? "the root's keys" : "the keys of --trust-anchor"
      lines += [
        "DANE       asks by DNSSEC, from \(anchors) on: \(names) A, AAAA, and TLSA at _\(plan.target.port)._tcp",
        "           where there are records: TLS, and a certificate that fits; where an answer is bogus: not that host",
      ]
    }
    if let question = plan.policy {
      let host = escapedText(question.host.utf8)
      let port = question.port == 443 ? "" : ":\(question.port)"
      lines += [
        "MTA-STS    asks TXT of \(escapedText(question.recordName.utf8)); where there is one, fetches"
          + " https://\(host)\(port)\(PolicySearch.path), in \(question.limit / 1_000_000) s",
        "           mode enforce: TLS, a valid certificate, and only exchangers that it names"
          + (plan.dane == nil ? "" : "; TLSA records go before"),
      ]
    }
    if isDomain, !lines.isEmpty {
      lines.append("           an exchanger that does not keep to it is passed over for the next")
    }
    return lines
  }
}
