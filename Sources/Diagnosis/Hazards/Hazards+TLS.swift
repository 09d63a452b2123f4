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
      id: .tlsLegacyIntolerance,
      text: "\(version) was the best that both sides speak; clients of today refuse it, and then"
        + " deliver in clear text or not at all (RFC 8996)")
  }

  /// H7 `tls-legacy-intolerance`: a key exchange by finite-field Diffie-Hellman (RFC 7919).
  ///
  /// Whoever speaks elliptic curves takes those first, so the peer has none, and OpenSSL with a list of
  /// curves, as Postfix sets it, offers nothing else (seen: Postfix 3.7 finds no common cipher).
  var finiteFieldOnly: Hazard? {
    guard let group = tls?.group, group.hasPrefix("FFDHE") else { return nil }
    return Hazard(
      id: .tlsLegacyIntolerance,
      text:
        "keys were agreed on by \(short(group)), for want of elliptic curves; a client that offers"
        + " curves alone, as Postfix does, may find nothing in common with this server")
  }

  /// H5 `tls-no-close-notify`: the peer's stream ended under TLS without the alert that ends it.
  ///
  /// A reset leaves no room for the alert, and is told as a reset.
  var unannouncedEndOfTLS: Hazard? {
    guard tls?.closeNotify == false, ending == .endOfStream else { return nil }
    return Hazard(
      id: .tlsNoCloseNotify,
      text: "the connection was closed under TLS without close_notify; clients log that as a broken"
        + " TLS session, but TLS did not break: look for why the peer left")
  }
}
