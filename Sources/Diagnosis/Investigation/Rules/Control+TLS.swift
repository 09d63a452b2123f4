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
}
