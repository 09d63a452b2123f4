import SessionTrace
import TLSEngine

/// What DANE says of one host (RFC 7672 section 2.2).
enum DANEFinding: Equatable {
  /// Nothing: TLS is as without DANE; the sentence says why.
  case nothing(TLSPolicyRecord.Security, String)
  /// Records that DNSSEC vouches for, at this base domain.
  case records([TLSARecord], base: String)
  /// It could not be found out, so that the host must not be used.
  case unusable(TLSPolicyRecord.Security, String)
}

extension DANEFinding {
  /// The same for a trace.
  func record(of host: String, took: Microseconds) -> TLSPolicyRecord {
    let host = escapedText(host.utf8)
    switch self {
    case .nothing(let security, let reason):
      return TLSPolicyRecord(
        kind: .none, domain: host, host: host, security: security, reason: reason, took: took)
    case .unusable(let security, let reason):
      return TLSPolicyRecord(
        kind: .tlsa, domain: host, host: host, security: security, result: .dnssecInvalid,
        reason: reason, took: took)
    case .records(let records, let base):
      var record = TLSPolicyRecord(
        kind: .tlsa, domain: escapedText(base.utf8), host: host,
        strings: records.map(\.description), security: .secure, took: took)
      let problems = records.compactMap { record in
        record.problem.map { "\(shortened(record.description)) \($0)" }
      }
      if problems.count == records.count {
        record.result = .tlsaInvalid
        record.reason =
          "TLS is demanded and nobody authenticated: " + problems.joined(separator: "; ")
      } else {
        record.reason =
          "TLS is demanded" + (problems.isEmpty ? "" : "; " + problems.joined(separator: "; "))
      }
      return record
    }
  }

  /// Enough of a record to know it again.
  private func shortened(_ text: String) -> String {
    text.utf8.count > 24 ? text.prefix(20) + "..." : text
  }
}
