import CGnuTLS

/// A `gnutls_certificate_credentials_t`; once a session uses it, it is only read.
struct CertificateCredentials: Sendable {
  private let handle: GnuTLSHandle

  init() throws(TLSError) {
    handle = try unsafe GnuTLSHandle("certificate credentials") { made in
      unsafe gnutls.certificate_allocate_credentials(made)
    } free: { credentials in
      unsafe gnutls.certificate_free_credentials(credentials)
    }
  }

  /// For GnuTLS, which keeps no reference of its own: whoever hands it over has to live as long.
  var pointer: gnutls_certificate_credentials_t { unsafe handle.pointer }

  /// Adds a certificate and its key from PEM files. C: gnutls_certificate_set_x509_key_file.
  func load(certificatePath: String, keyPath: String) throws(TLSError) {
    try check(
      unsafe gnutls.certificate_set_x509_key_file(
        pointer, certificatePath, keyPath, GNUTLS_X509_FMT_PEM),
      certificatePath == keyPath
        ? "load the certificate \(certificatePath) with its key, which is looked for in the same file unless"
          + " --tls-key names another"
        : "load the certificate \(certificatePath) with the key \(keyPath)")
  }

  /// Adds a certificate and its key from PEM text. C: gnutls_certificate_set_x509_key_mem.
  func load(certificatePEM: [UInt8], keyPEM: [UInt8]) throws(TLSError) {
    let code = unsafe withDatum(certificatePEM) { certificate in
      unsafe withDatum(keyPEM) { key in
        unsafe gnutls.certificate_set_x509_key_mem(
          pointer, &certificate, &key, GNUTLS_X509_FMT_PEM)
      }
    }
    try check(code, "use the certificate just made")
  }
}
