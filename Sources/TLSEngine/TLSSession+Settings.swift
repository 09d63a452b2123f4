import CGnuTLS

extension TLSSession {
  /// Applies what clients and servers have in common.
  func configure(priority: String?, alpn: [String]) throws(TLSError) {
    try apply(priority: priority)
    try check(
      unsafe gnutls.credentials_set(
        memory.handle, GNUTLS_CRD_CERTIFICATE, UnsafeMutableRawPointer(credentials.pointer)),
      "use the certificate credentials")
    if !alpn.isEmpty { try offer(alpn) }
  }

  /// Sets the name for SNI. C: gnutls_server_name_set.
  func announce(_ name: String) throws(TLSError) {
    let bytes = Array(name.utf8)
    try check(
      unsafe gnutls.server_name_set(memory.handle, GNUTLS_NAME_DNS, bytes, bytes.count),
      "announce the server name \(name)")
  }

  /// Sends session tickets under a key that only this session has: nobody will come back with them.
  func enableTickets() throws(TLSError) {
    var key = unsafe gnutls_datum_t()
    try check(unsafe gnutls.session_ticket_key_generate(&key), "make a key for session tickets")
    let code = unsafe gnutls.session_ticket_enable_server(memory.handle, &key)
    unsafe cgnutls_free(key.data)
    try check(code, "enable session tickets")
  }

  /// C: gnutls_priority_set_direct, which says where a string stops making sense.
  private func apply(priority: String?) throws(TLSError) {
    guard let priority else {
      try check(
        unsafe gnutls.set_default_priority(memory.handle), "apply the system's TLS priorities")
      return
    }
    var place = 0
    let code = unsafe priority.withCString { text in
      var stop: UnsafePointer<CChar>?
      let code = unsafe gnutls.priority_set_direct(memory.handle, text, &stop)
      if let stop = unsafe stop { place = unsafe stop - text }
      return code
    }
    if code >= 0 { return }
    let rest = String(decoding: Array(priority.utf8).dropFirst(place), as: UTF8.self)
    throw TLSError(
      operation: "use the TLS priority string \(priority)", name: gnuTLSErrorName(code),
      text: "not understood from byte \(place + 1) on: \"\(rest)\"")
  }

  /// C: gnutls_alpn_set_protocols, which copies the names.
  private func offer(_ protocols: [String]) throws(TLSError) {
    // One buffer holds all names, so that one pointer has to stay valid.
    let names = protocols.map { name in Array(name.utf8) }
    var text = names.flatMap { name in name }
    let code = unsafe text.withUnsafeMutableBufferPointer { buffer in
      var start = 0
      var list: [gnutls_datum_t] = unsafe []
      for name in names {
        unsafe list.append(
          gnutls_datum_t(
            data: buffer.baseAddress.map { unsafe $0 + start }, size: UInt32(name.count)))
        start += name.count
      }
      return unsafe gnutls.alpn_set_protocols(memory.handle, list, UInt32(list.count), 0)
    }
    try check(code, "offer the protocols \(protocols.joined(separator: ", "))")
  }
}

extension ServerConfiguration {
  /// What to tell GnuTLS about the client's certificate.
  var certificateRequest: gnutls_certificate_request_t {
    if requireClientCertificate { return GNUTLS_CERT_REQUIRE }
    return requestClientCertificate ? GNUTLS_CERT_REQUEST : GNUTLS_CERT_IGNORE
  }
}
