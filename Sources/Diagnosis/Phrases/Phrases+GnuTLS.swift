import SessionTrace

extension TLSFailureRecord {
  /// What Exim quotes of GnuTLS; `nil` where GnuTLS was not asked.
  var wordsOfGnuTLS: String? {
    if let alert { return wordsForAlert[alert] }
    // Whatever it is that came in place of a record, GnuTLS has this for it.
    if name == "not_tls" { return "An unexpected TLS packet was received." }
    return name.hasPrefix("GNUTLS_E_") ? text : nil
  }
}

/// What `gnutls_alert_get_name` has for an alert, by its registered name (`lib/alert.c`).
private let wordsForAlert = [
  "access_denied": "Access was denied",
  "bad_certificate": "Certificate is bad",
  "bad_record_mac": "Bad record MAC",
  "certificate_expired": "Certificate is expired",
  "certificate_required": "Certificate is required",
  "certificate_revoked": "Certificate was revoked",
  "certificate_unknown": "Unknown certificate",
  "close_notify": "Close notify",
  "decode_error": "Decode error",
  "decrypt_error": "Decrypt error",
  "handshake_failure": "Handshake failed",
  "illegal_parameter": "Illegal parameter",
  "inappropriate_fallback": "Inappropriate fallback",
  "insufficient_security": "Insufficient security",
  "internal_error": "Internal error",
  "missing_extension": "An extension was expected but was not seen",
  "no_application_protocol": "No supported application protocol could be negotiated",
  "no_renegotiation": "No renegotiation is allowed",
  "protocol_version": "Error in protocol version",
  "record_overflow": "Record overflow",
  "unexpected_message": "Unexpected message",
  "unknown_ca": "CA is unknown",
  "unrecognized_name": "The server name sent was not recognized",
  "unsupported_certificate": "Certificate is not supported",
  "unsupported_extension": "An unsupported extension was sent",
]
