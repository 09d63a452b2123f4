import CGnuTLS

/// What this side failed to do: a priority string that does not parse, a file that cannot be read.
///
/// What the peer did never becomes a `TLSError`; it is a `TLSFailureRecord` in an action.
package struct TLSError: Error, Sendable, Equatable {
  /// What was tried, as a phrase that fits behind "cannot": `read the trust file ca.pem`.
  package var operation: String
  /// GnuTLS's name for the error, `GNUTLS_E_FILE_ERROR`, or a word of ours: `not_established`, `no_library`.
  package var name: String
  /// One sentence for people; for a priority string it holds the place.
  package var text: String

  package init(operation: String, name: String, text: String) {
    self.operation = operation
    self.name = name
    self.text = text
  }

  static let noLibrary = "no_library"

  /// Whether it is this host that lacks GnuTLS, and nobody's mistake in what was asked for.
  package var isLackOfLibrary: Bool { name == Self.noLibrary }

  init(_ operation: String, code: Int32) {
    self.init(
      operation: operation, name: gnuTLSErrorName(code), text: gnuTLSErrorText(code))
  }
}

extension TLSError: CustomStringConvertible {
  /// One line: `cannot read the trust file ca.pem: Error while reading file.`
  package var description: String { "cannot \(operation): \(text)" }
}

/// The symbolic name of a GnuTLS error code. C: gnutls_strerror_name.
func gnuTLSErrorName(_ code: Int32) -> String {
  guard let name = gnutls.strerror_name(code) else { return "GNUTLS_E_\(code)" }
  return unsafe String(cString: name)
}

/// GnuTLS's sentence for an error code. C: gnutls_strerror.
func gnuTLSErrorText(_ code: Int32) -> String {
  guard let text = gnutls.strerror(code) else { return "GnuTLS error \(code)" }
  return unsafe String(cString: text)
}

/// Throws when a GnuTLS call returned an error.
func check(_ code: Int32, _ operation: @autoclosure () -> String) throws(TLSError) {
  if code < 0 { throw TLSError(operation(), code: code) }
}
