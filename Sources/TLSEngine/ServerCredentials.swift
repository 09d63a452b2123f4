import CGnuTLS

/// The certificate and key a server of the lab shows: made in the process, or read from files.
///
/// Made certificates need no tool beside the library, so that a fixture can have an expired one, or
/// one so long that its flight fills several segments, wherever it runs.
package final class ServerCredentials: Sendable {
  /// When a made certificate is valid.
  package enum Validity: Sendable, CaseIterable {
    /// From yesterday, for a year.
    case valid
    /// It ended yesterday.
    case expired
    /// It begins in a month.
    case notYetValid
  }

  /// The key of a made certificate.
  package enum Key: Sendable, CaseIterable {
    /// ECDSA on the curve P-256; takes a millisecond.
    case ecdsa256
    /// RSA of 2048 bits; takes some tenths of a second.
    case rsa2048
  }

  /// The certificate in PEM, for a client that is to trust it.
  package let pemCertificate: String
  let credentials: CertificateCredentials

  private init(pemCertificate: String, credentials: CertificateCredentials) {
    self.pemCertificate = pemCertificate
    self.credentials = credentials
  }

  /// Makes a certificate that signs itself.
  ///
  /// - Parameters:
  ///   - commonName: The subject; shown, but matched by nobody since RFC 6125.
  ///   - names: DNS names and address literals of the subject alternative name.
  ///   - chainPadding: Bytes by which further names lengthen the certificate, at least; `nil` for none.
  package static func selfSigned(
    commonName: String, names: [String], validity: Validity = .valid, key: Key = .ecdsa256,
    chainPadding: Int? = nil
  ) throws(TLSError) -> ServerCredentials {
    let made = try SelfSignedCertificate(
      commonName: commonName, names: names + paddingNames(bytes: chainPadding ?? 0),
      validity: validity, key: key)
    let credentials = try CertificateCredentials()
    let certificate = try made.certificatePEM
    try credentials.load(certificatePEM: certificate, keyPEM: made.keyPEM)
    return ServerCredentials(
      pemCertificate: String(decoding: certificate, as: UTF8.self), credentials: credentials)
  }

  /// Reads a certificate, with its chain, and its key from PEM files.
  package static func pem(
    certificatePath: String, keyPath: String
  ) throws(TLSError) -> ServerCredentials {
    let credentials = try CertificateCredentials()
    try credentials.load(certificatePath: certificatePath, keyPath: keyPath)
    var datum = unsafe gnutls_datum_t()
    try check(
      unsafe gnutls_load_file(certificatePath, &datum), "read the certificate \(certificatePath)")
    return ServerCredentials(
      pemCertificate: unsafe String(decoding: takingBytes(datum), as: UTF8.self),
      credentials: credentials)
  }
}

/// Names of 245 bytes, labels at their limit of 63 (RFC 1035 section 2.3.4), as many as it takes.
private func paddingNames(bytes: Int) -> [String] {
  let filler = [63, 63, 63, 30].map { String(repeating: "x", count: $0) }.joined(separator: ".")
  let count = bytes <= 0 ? 0 : (bytes - 1) / filler.utf8.count + 1
  return (0..<count).map { index in "p\(index).\(filler).invalid" }
}
