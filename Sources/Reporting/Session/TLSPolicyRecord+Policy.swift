import Diagnosis
import SessionTrace

/// What was found of a policy of MTA-STS, and of a host that it is about.
extension TLSPolicyRecord {
  /// `mode enforce, mx *.example.com, fetched in 0.2 s`; without what was told before.
  func policyInWords(after told: String?) -> String {
    let reason = reason == told ? nil : reason
    guard host == nil else { return hostInWords(reason) }
    switch (kind, mode) {
    case (.none, _), (.tlsa, _): return "no policy: \(reason ?? "none was found")"
    case (.sts, nil):
      return "no policy could be had, as if there were none: \(outcome(reason) ?? Self.unsaid)"
    case (.sts, let mode?):
      let fetched = "mode \(mode.rawValue)\(names), fetched in \(durationText(took))"
      return fetched + (outcome(reason).map { ": " + $0 } ?? "")
    }
  }

  /// The first of the exchangers that it names.
  private var names: String {
    let all = strings.filter { $0.hasPrefix("mx: ") }.map { String($0.dropFirst(4)) }
    if all.isEmpty { return "" }
    return ", mx " + all.prefix(6).joined(separator: ", ")
      + (all.count > 6 ? " and \(all.count - 6) more" : "")
  }

  private func hostInWords(_ reason: String?) -> String {
    guard result == nil else { return outcome(reason) ?? Self.unsaid }
    let place = matched.map { "in the policy, by \($0)" }
    return [place, reason].compactMap(\.self).joined(separator: "; ")
  }

  private static let unsaid = "nobody says why"
}
