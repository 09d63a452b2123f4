import CGnuTLS
package import SessionTrace

extension TLSSession {
  /// What is wrong with the peer's certificate, in the words of TLS reports (RFC 8460 section 4.3); `nil` where
  /// nothing is, or none came.
  package var certificateFault: TLSPolicyRecord.Result? {
    judgement.flatMap { $0.isTrusted ? nil : $0.fault }
  }
}

extension Judgement {
  /// The word of RFC 8460 section 4.3 for what is wrong, where something is.
  ///
  /// What somebody says of names and dates whom nobody trusts means nothing, so that comes first.
  var fault: TLSPolicyRecord.Result {
    let dates = GNUTLS_CERT_EXPIRED.rawValue | GNUTLS_CERT_NOT_ACTIVATED.rawValue
    let mismatched = GNUTLS_CERT_UNEXPECTED_OWNER.rawValue
    if status & ~(GNUTLS_CERT_INVALID.rawValue | dates | mismatched) != 0 {
      return .certificateNotTrusted
    }
    if status & dates != 0 { return .certificateExpired }
    return status & mismatched != 0 ? .certificateHostMismatch : .certificateNotTrusted
  }
}
