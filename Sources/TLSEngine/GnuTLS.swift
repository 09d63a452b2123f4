import CGnuTLS

/// GnuTLS's functions, by their names without `gnutls_`; who first looks at it has the library loaded.
///
/// Whatever begins with GnuTLS (a session, a handle) asks ``requireGnuTLS()`` before; who holds such a thing has the
/// functions too.
let gnutls = unsafe cgnutls().pointee

/// Throws why the library cannot be loaded, where it cannot.
func requireGnuTLS() throws(TLSError) {
  guard let problem = unsafe cgnutls_problem() else { return }
  throw TLSError(
    operation: "load GnuTLS", name: TLSError.noLibrary,
    text: unsafe String(cString: problem) + "; apt-get install libgnutls30")
}
