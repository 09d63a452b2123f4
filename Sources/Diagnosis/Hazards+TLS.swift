import SessionTrace

/// Hazards in what was agreed on for TLS.
extension Trace {
  /// H7 `tls-legacy-intolerance`: a version that clients of today refuse.
  ///
  /// RFC 8996 put TLS 1.0 and 1.1 to rest; OpenSSL 3 at its usual security level speaks neither.
  var outdatedTLS: Hazard? {
    guard let version = tls?.version, ["SSL3.0", "TLS1.0", "TLS1.1"].contains(version) else {
      return nil
    }
    return Hazard(
      id: "tls-legacy-intolerance",
      text: "\(version) was the best that both sides speak; clients of today refuse it, and then"
        + " deliver in clear text or not at all (RFC 8996)")
  }

  /// H5 `tls-no-close-notify`: the peer's stream ended under TLS without the alert that ends it.
  ///
  /// A reset leaves no room for the alert, and is told as a reset.
  var unannouncedEndOfTLS: Hazard? {
    guard tls?.closeNotify == false, ending == .endOfStream else { return nil }
    return Hazard(
      id: "tls-no-close-notify",
      text: "the connection was closed under TLS without close_notify; clients log that as a broken"
        + " TLS session, but TLS did not break: look for why the peer left")
  }
}
