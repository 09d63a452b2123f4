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
    /// RSA of 1024 bits, which no client should trust any more.
    case rsa1024
  }

  /// The certificate in PEM, for a client that is to trust it.
  package let pemCertificate: String
  /// The key in PEM, for other programs that are to show the same certificate.
  package let pemKey: String
  let credentials: CertificateCredentials

  private init(pemCertificate: String, pemKey: String, credentials: CertificateCredentials) {
    self.pemCertificate = pemCertificate
    self.pemKey = pemKey
    self.credentials = credentials
  }

  /// Makes a certificate that signs itself.
  ///
  /// `commonName` is shown, but matched by nobody since RFC 6125; `names` are the DNS names and address
  /// literals of the subject alternative name; `chainPadding` is by how many bytes, at least, further
  /// names lengthen the certificate.
  package static func selfSigned(
    commonName: String, names: [String], validity: Validity = .valid, key: Key = .ecdsa256,
    chainPadding: Int? = nil
  ) throws(TLSError) -> ServerCredentials {
    let made = try SelfSignedCertificate(
      commonName: commonName, names: names + paddingNames(bytes: chainPadding ?? 0),
      validity: validity, key: key)
    let credentials = try CertificateCredentials()
    let certificate = try made.certificatePEM
    let key = try made.keyPEM
    try credentials.load(certificatePEM: certificate, keyPEM: key)
    return ServerCredentials(
      pemCertificate: String(decoding: certificate, as: UTF8.self),
      pemKey: String(decoding: key, as: UTF8.self), credentials: credentials)
  }

  /// Reads a certificate, with its chain, and its key from PEM files.
  package static func pem(
    certificatePath: String, keyPath: String
  ) throws(TLSError) -> ServerCredentials {
    let credentials = try CertificateCredentials()
    try credentials.load(certificatePath: certificatePath, keyPath: keyPath)
    return ServerCredentials(
      pemCertificate: try text(ofFile: certificatePath), pemKey: try text(ofFile: keyPath),
      credentials: credentials)
  }
}

/// C: gnutls_load_file.
private func text(ofFile path: String) throws(TLSError) -> String {
  var datum = unsafe gnutls_datum_t()
  try check(unsafe gnutls.load_file(path, &datum), "read \(path)")
  return unsafe String(decoding: takingBytes(datum), as: UTF8.self)
}

/// Names that lengthen a certificate by so many bytes or a few more: labels at their limit of 63
/// (RFC 1035 section 2.3.4), as many names as it takes.
private func paddingNames(bytes: Int) -> [String] {
  let filler = [63, 63, 63, 30].map { String(repeating: "x", count: $0) }.joined(separator: ".")
  var names: [String] = []
  var length = 0
  while length < bytes {
    let name = "p\(names.count).\(filler).invalid"
    // DER puts a tag and two bytes of length before each.
    length += name.utf8.count + 3
    names.append(name)
  }
  return names
}
