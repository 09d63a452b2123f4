import CGnuTLS
import SessionTrace

extension TLSSession {
  /// Ends the session over a GnuTLS error: the alert that we owe the peer, then the reason.
  func fail(_ code: Int32) -> [Action] {
    let isHandshake = state == .handshaking
    state = .over
    let certificate =
      code == GNUTLS_E_CERTIFICATE_ERROR || code == GNUTLS_E_NO_CERTIFICATE_FOUND ? refusal : nil
    if isHandshake, judgement != nil { lastSummary = summary() }
    if let certificate {
      _ = unsafe gnutls.alert_send(memory.handle, GNUTLS_AL_FATAL, alert(for: certificate.status))
    } else {
      // Sends nothing for an alert that the peer sent.
      _ = unsafe gnutls.alert_send_appropriate(memory.handle, code)
    }
    var record = failure(code)
    if let certificate {
      if let problem = certificate.pinProblem {
        record.name = "fingerprint_mismatch"
        record.text = problem
      } else if let problem = certificate.tlsaProblem {
        record.name = "dane_mismatch"
        record.text = problem
      } else {
        record.name = gnuTLSErrorName(GNUTLS_E_CERTIFICATE_VERIFICATION_ERROR)
        record.text = certificate.problems.joined(separator: " ")
      }
    }
    if isHandshake, code != GNUTLS_E_FATAL_ALERT_RECEIVED { record = withEvidence(record) }
    return takeOutput() + [.failed(record)]
  }

  /// A peer whose first bytes are no TLS record gets no alert: it would not know what that is.
  func giveUp(onStranger firstBytes: [UInt8]) -> [Action] {
    state = .over
    return [
      .failed(
        TLSFailureRecord(
          name: "not_tls", text: "What came is no TLS record.",
          firstBytes: escapedText(firstBytes)))
    ]
  }

  /// Every single message may be in order; it is the sum that makes no sense.
  func giveUpOnEndlessHandshake() -> [Action] {
    state = .over
    _ = unsafe gnutls.alert_send(memory.handle, GNUTLS_AL_FATAL, GNUTLS_A_UNEXPECTED_MESSAGE)
    return takeOutput() + [
      .failed(
        TLSFailureRecord(
          name: "handshake_too_long",
          text: "The handshake was not over after \(handshakeBytes) bytes."))
    ]
  }

  /// The words for a GnuTLS error; a received alert is named.
  func failure(_ code: Int32) -> TLSFailureRecord {
    var record = TLSFailureRecord(name: gnuTLSErrorName(code), text: gnuTLSErrorText(code))
    if code == GNUTLS_E_FATAL_ALERT_RECEIVED {
      record.alert = alertName(unsafe gnutls.alert_get(memory.handle))
    }
    return record
  }

  /// Adds the first bytes that came, as long as no handshake message was understood.
  func withEvidence(_ record: TLSFailureRecord) -> TLSFailureRecord {
    let isStrange = unsafe gnutls.handshake_get_last_in(memory.handle).rawValue == UInt32.max
    guard isStrange, !firstRecord.firstBytes.isEmpty else { return record }
    var record = record
    record.firstBytes = escapedText(firstRecord.firstBytes)
    return record
  }

}

/// The alert that tells the peer why its certificate was refused (RFC 8446 section 6.2).
private func alert(for status: UInt32) -> gnutls_alert_description_t {
  if status & GNUTLS_CERT_EXPIRED.rawValue != 0 { return GNUTLS_A_CERTIFICATE_EXPIRED }
  if status & GNUTLS_CERT_REVOKED.rawValue != 0 { return GNUTLS_A_CERTIFICATE_REVOKED }
  if status & GNUTLS_CERT_SIGNER_NOT_FOUND.rawValue != 0 { return GNUTLS_A_UNKNOWN_CA }
  return GNUTLS_A_BAD_CERTIFICATE
}

/// The registered name of an alert, `certificate_required`; `alert 200` for one without.
private func alertName(_ alert: gnutls_alert_description_t) -> String {
  guard let name = gnutls.alert_get_strname(alert) else { return "alert \(alert.rawValue)" }
  let text = unsafe String(cString: name)
  let prefix = "GNUTLS_A_"
  return (text.hasPrefix(prefix) ? String(text.dropFirst(prefix.count)) : text).lowercased()
}
