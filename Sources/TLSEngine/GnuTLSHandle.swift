import CGnuTLS

/// Owns what one pointer of GnuTLS stands for, and frees it: a certificate, a key, credentials.
///
/// The one place that says such a pointer may be shared: once made and filled they are only read, which
/// GnuTLS allows from any thread. What goes on changing is kept behind a lock by whoever owns it
/// (``TrustStore``). All of GnuTLS's handles are opaque pointers to Swift.
@safe final class GnuTLSHandle: Sendable {
  nonisolated(unsafe) let pointer: OpaquePointer
  private let free: @Sendable (OpaquePointer) -> Void

  /// Makes what is named by one of GnuTLS's `_init` functions; `free` is its `_deinit`.
  init(
    _ name: String, _ initialise: (UnsafeMutablePointer<OpaquePointer?>) -> Int32,
    free: @escaping @Sendable (OpaquePointer) -> Void
  ) throws(TLSError) {
    try requireGnuTLS()
    var made: OpaquePointer?
    let code = unsafe initialise(&made)
    guard code == GNUTLS_E_SUCCESS, let pointer = unsafe made else {
      throw TLSError("make \(name)", code: code)
    }
    unsafe self.pointer = pointer
    unsafe self.free = free
  }

  deinit { unsafe free(pointer) }

  /// An empty public key. C: gnutls_pubkey_init.
  static func publicKey() throws(TLSError) -> GnuTLSHandle {
    try unsafe GnuTLSHandle("a public key") { made in
      unsafe gnutls.pubkey_init(made)
    } free: { key in
      unsafe gnutls.pubkey_deinit(key)
    }
  }

  /// An empty certificate. C: gnutls_x509_crt_init.
  static func certificate() throws(TLSError) -> GnuTLSHandle {
    try unsafe GnuTLSHandle("a certificate") { made in
      unsafe gnutls.x509_crt_init(made)
    } free: { certificate in
      unsafe gnutls.x509_crt_deinit(certificate)
    }
  }
}
