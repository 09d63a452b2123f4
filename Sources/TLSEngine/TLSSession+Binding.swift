import CGnuTLS

/// What both ends of a TLS session know of it, and nobody between them.
package struct ChannelBinding: Sendable {
  /// `tls-unique` (RFC 5929 section 3); `nil` under TLS 1.3, which has none.
  package var unique: [UInt8]?
  /// `tls-exporter` (RFC 9266); `nil` before TLS 1.3, where servers know the other.
  package var exporter: [UInt8]?
}

extension TLSSession {
  /// C: gnutls_session_channel_binding.
  package var channelBinding: ChannelBinding {
    ChannelBinding(
      unique: isTLS13 ? nil : binding(GNUTLS_CB_TLS_UNIQUE),
      exporter: isTLS13 ? binding(GNUTLS_CB_TLS_EXPORTER) : nil)
  }

  var isTLS13: Bool {
    unsafe gnutls.protocol_get_version(memory.handle) == GNUTLS_TLS1_3
  }

  private func binding(_ kind: gnutls_channel_binding_t) -> [UInt8]? {
    var datum = unsafe gnutls_datum_t()
    guard unsafe gnutls.session_channel_binding(memory.handle, kind, &datum) == GNUTLS_E_SUCCESS
    else { return nil }
    defer { unsafe cgnutls_free(datum.data) }
    return unsafe Array(UnsafeBufferPointer(start: datum.data, count: Int(datum.size)))
  }
}
