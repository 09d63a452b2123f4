import CSASL

/// GNU SASL, which is loaded when it is asked for.
package enum SASLLibrary {
  /// The version of the library; `nil` where it cannot be loaded. C: gsasl_check_version.
  package static var version: String? {
    guard let version = unsafe csasl_version() else { return nil }
    return unsafe String(cString: version)
  }
}
