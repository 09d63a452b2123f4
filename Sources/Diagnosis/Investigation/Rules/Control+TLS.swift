import SessionTrace

/// What a session shows of TLS.
extension Control {
  var tlsFailure: TLSFailureRecord? {
    if case .tlsFailed(let failure) = trace.ending { failure } else { nil }
  }

  /// Whether the handshake fails, for no reason of our own.
  var failsInHandshake: Bool {
    stage == .tls && tlsFailure?.name != "not_offered" && !distrustsCertificate
      && !saysClearTextBehindTLS
      && (status == .stalled || status == .tlsFailed || isBrokenOff)
  }

  var saysClearTextBehindTLS: Bool {
    trace.violations.contains { $0.kind == .clearTextAfterStartTLS }
  }

  /// Whether our own side ended the handshake over the certificate.
  var distrustsCertificate: Bool {
    tlsFailure?.name.contains("CERTIFICATE_VERIFICATION") == true
  }

  /// The alert by which the server ended TLS, `certificate_required`; `nil` where none came.
  var alertName: String? { tlsFailure?.alert?.lowercased().replacing(" ", with: "_") }

  /// Whether the server ended the handshake behind its request for a certificate of ours, with an alert that can
  /// be about that.
  ///
  /// Version and cipher are agreed on by then. A missing certificate is `handshake_failure` (RFC 5246 section
  /// 7.4.6), to OpenSSL too; GnuTLS takes the empty message for one that it cannot decode.
  var failsOverOwnCertificate: Bool {
    guard status == .tlsFailed, stage == .tls, let alertName,
      let own = trace.tls?.clientCertificate, own != .notAskedFor
    else { return false }
    let always = [
      "handshake_failure", "certificate_required", "bad_certificate", "unsupported_certificate",
      "certificate_unknown", "access_denied",
    ]
    let ofNone = ["decode_error"]
    let ofOne = ["certificate_revoked", "certificate_expired", "unknown_ca"]
    return (always + (own == .askedFor ? ofNone : ofOne)).contains(alertName)
  }
}
