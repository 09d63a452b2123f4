import CGnuTLS

/// Owns a `gnutls_certificate_credentials_t`.
///
/// Once a session uses them they are only read, which GnuTLS allows from any thread.
@safe final class CertificateCredentials: @unchecked Sendable {
  let handle: gnutls_certificate_credentials_t

  init() throws(TLSError) {
    var made: gnutls_certificate_credentials_t?
    let code = unsafe gnutls_certificate_allocate_credentials(&made)
    guard code == GNUTLS_E_SUCCESS, let credentials = unsafe made else {
      throw TLSError("make certificate credentials", code: code)
    }
    unsafe handle = credentials
  }

  deinit {
    unsafe gnutls_certificate_free_credentials(handle)
  }

  /// Adds a certificate and its key from PEM files. C: gnutls_certificate_set_x509_key_file.
  func load(certificatePath: String, keyPath: String) throws(TLSError) {
    try check(
      unsafe gnutls_certificate_set_x509_key_file(
        handle, certificatePath, keyPath, GNUTLS_X509_FMT_PEM),
      "load the certificate \(certificatePath) with the key \(keyPath)")
  }

  /// Adds a certificate and its key from PEM text. C: gnutls_certificate_set_x509_key_mem.
  func load(certificatePEM: [UInt8], keyPEM: [UInt8]) throws(TLSError) {
    let code = unsafe withDatum(certificatePEM) { certificate in
      unsafe withDatum(keyPEM) { key in
        unsafe gnutls_certificate_set_x509_key_mem(
          handle, &certificate, &key, GNUTLS_X509_FMT_PEM)
      }
    }
    try check(code, "use the certificate just made")
  }
}
