import Diagnosis
import SessionTrace

extension TLSPolicyRecord {
  /// Whether DNSSEC has a part in it.
  var isAboutDANE: Bool { security != nil }

  /// What it is called where it is told of.
  var label: String { isAboutDANE ? "dane" : "mta-sts" }

  /// `secure, 3 1 1 0123456789ab...: the certificate fits`; without what was told before.
  func inWords(after told: String? = nil) -> String {
    guard isAboutDANE else { return policyInWords(after: told) }
    let facts = [security?.rawValue, recordsInWords].compactMap(\.self)
    let outcome = outcome(reason == told ? nil : reason)
    return facts.joined(separator: ", ") + (outcome.map { ": " + $0 } ?? "")
  }

  /// What came of it, for that reason; `nil` where there is nothing to say.
  func outcome(_ reason: String?) -> String? {
    guard let reason else { return result?.rawValue }
    return reason + (result.map { " (\($0.rawValue))" } ?? "")
  }

  /// The record that fits, or the only one; else how many there are.
  private var recordsInWords: String? {
    if let record = matched ?? (strings.count == 1 ? strings.first : nil) {
      let others = strings.count - 1
      return shortened(record) + (others > 0 ? " of \(strings.count)" : "")
    }
    return strings.isEmpty ? nil : count(strings.count, "record")
  }

  private func shortened(_ record: String) -> String {
    record.utf8.count > 22 ? record.prefix(18) + "..." : record
  }

  /// In full: whom it is about, what came of it, and every record or line.
  var fields: [Field] {
    let head = Field(
      label: label, value: "\(host ?? domain): \(inWords())",
      tone: result == nil ? .plain : .warning)
    return [head] + strings.map { Field(label: isAboutDANE ? "record" : "line", value: $0) }
  }
}

extension Trace {
  /// What the policies about TLS have to do with how it ended: that of the host that was tried last, or of all
  /// where none was.
  var policiesInWords: [(String, String?)] {
    let policies = tlsPolicies ?? []
    let those =
      endingStage == .resolve
      ? policies : policies.filter { $0.host == nil || $0.host == escapedText(target.host.utf8) }
    let told: String? = if case .tlsFailed(let failure) = ending { failure.text } else { nil }
    return those.prefix(4).map { policy in
      let name = policy.host ?? policy.domain
      return (
        policy.label, (name == target.given ? "" : name + ": ") + policy.inWords(after: told)
      )
    }
  }
}
