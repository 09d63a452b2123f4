import CGnuTLS
package import SessionTrace

extension TLSSession {
  /// What is wrong with the peer's certificate, in the words of TLS reports (RFC 8460 section 4.3); `nil` where
  /// nothing is, or none came.
  ///
  /// What somebody says of names and dates whom nobody trusts means nothing, so that comes first.
  package var certificateFault: TLSPolicyRecord.Result? {
    guard let judgement, !judgement.isTrusted else { return nil }
    let expired = GNUTLS_CERT_EXPIRED.rawValue
    let mismatched = GNUTLS_CERT_UNEXPECTED_OWNER.rawValue
    let others = ~(GNUTLS_CERT_INVALID.rawValue | expired | mismatched)
    if judgement.status & others != 0 { return .certificateNotTrusted }
    if judgement.status & expired != 0 { return .certificateExpired }
    return judgement.status & mismatched != 0 ? .certificateHostMismatch : .certificateNotTrusted
  }
}
