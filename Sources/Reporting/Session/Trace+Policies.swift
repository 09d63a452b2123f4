import Diagnosis
import SessionTrace

extension Trace {
  /// What was found of the domain's policy of MTA-STS, a line each; none where nobody asked.
  var policyFields: [Field] {
    (tlsPolicies ?? []).compactMap { policy in
      guard let words = policy.stsWords else { return nil }
      return Field(
        label: "MTA-STS", value: words, tone: policy.result == nil ? .plain : .warning)
    }
  }
}

extension TLSPolicyRecord {
  /// `mode enforce, mx *.example.com, fetched in 0.2 s`; `nil` for a record of DANE.
  fileprivate var stsWords: String? {
    switch kind {
    case .tlsa: nil
    // What DNSSEC says of is DANE's.
    case .none: security == nil ? "no policy: \(reason ?? "none was found")" : nil
    case .sts: host.map(hostWords) ?? domainWords
    }
  }

  private var domainWords: String {
    guard let mode else {
      return "no policy could be had (\(result?.rawValue ?? "no reason")): \(reason ?? "")"
    }
    let exchangers = strings.compactMap { line in
      line.hasPrefix("mx: ") ? String(line.dropFirst(4)) : nil
    }
    let names =
      exchangers.isEmpty
      ? ""
      : ", mx " + exchangers.prefix(6).joined(separator: ", ")
        + (exchangers.count > 6 ? " and \(exchangers.count - 6) more" : "")
    return "mode \(mode.rawValue)\(names), fetched in \(durationText(took))"
  }

  private func hostWords(_ host: String) -> String {
    if let result { return "\(result.rawValue): \(hostReason(host))" }
    return matched.map { "\(host) is in the policy, by \($0)" } ?? hostReason(host)
  }

  private func hostReason(_ host: String) -> String {
    guard let reason else { return host }
    return reason.hasPrefix(host) ? reason : "\(host): \(reason)"
  }
}
