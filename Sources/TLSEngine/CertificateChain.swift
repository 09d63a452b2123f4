import CGnuTLS
import SessionTrace

/// The certificates a peer sent, parsed; leaf first. Nothing changes them once they are read.
struct CertificateChain: Sendable {
  /// At most so many are read: GnuTLS's own limit on the depth of a chain.
  static let greatestDepth = 16

  let certificates: [GnuTLSHandle]
  /// Why certificates that came are missing from ``certificates``.
  let problems: [String]

  /// Parses DER, as it came.
  init(encoded: [[UInt8]]) {
    var certificates: [GnuTLSHandle] = []
    var problems: [String] = []
    if encoded.count > Self.greatestDepth {
      problems.append("The peer sent \(encoded.count) certificates.")
    }
    for (index, der) in encoded.prefix(Self.greatestDepth).enumerated() {
      guard let certificate = try? GnuTLSHandle.certificate() else { continue }
      let code = unsafe withDatum(der) { datum in
        unsafe gnutls.x509_crt_import(certificate.pointer, &datum, GNUTLS_X509_FMT_DER)
      }
      if code == GNUTLS_E_SUCCESS {
        certificates.append(certificate)
      } else {
        problems.append("Certificate \(index + 1) is malformed: \(gnuTLSErrorText(code))")
      }
    }
    self.certificates = certificates
    self.problems = problems
  }

  /// What the session's peer sent; empty when it sent none. C: gnutls_certificate_get_peers.
  init(peerOf session: gnutls_session_t) {
    var count: UInt32 = 0
    let list = unsafe gnutls.certificate_get_peers(session, &count)
    let sent = unsafe UnsafeBufferPointer(start: list, count: list == nil ? 0 : Int(count))
    self.init(encoded: unsafe sent.map { datum in unsafe bytes(of: datum) })
  }

  /// Why the leaf cannot name anybody: a common name alone does not (RFC 9525 section 6.3), although GnuTLS
  /// still falls back to it.
  var namingProblems: [String] {
    guard let leaf = certificates.first, alternativeNames(of: leaf).isEmpty else {
      return []
    }
    return ["The certificate names nobody but in its common name, which does not count (RFC 9525)."]
  }

  /// The lines of each certificate that a ticket needs; text from the peer is escaped.
  var summaries: [CertificateSummary] {
    certificates.map(summary)
  }
}

extension ClientConfiguration {
  /// What is wrong with the leaf beside the certificates that were named.
  func pinProblem(of chain: CertificateChain) -> String? {
    guard !pins.isEmpty else { return nil }
    guard let leaf = chain.certificates.first else {
      return "The server showed no certificate, and one with a known fingerprint was asked for."
    }
    let shown = fingerprint(of: leaf)
    return pins.contains(shown)
      ? nil : "The certificate is another one: its SHA-256 is \(shown)."
  }
}

/// Reads one certificate.
private func summary(of certificate: GnuTLSHandle) -> CertificateSummary {
  unsafe CertificateSummary(
    subject: name { datum in unsafe gnutls.x509_crt_get_dn2(certificate.pointer, datum) },
    issuer: name { datum in unsafe gnutls.x509_crt_get_issuer_dn2(certificate.pointer, datum) },
    notBefore: internetTime(unsafe gnutls.x509_crt_get_activation_time(certificate.pointer)),
    notAfter: internetTime(unsafe gnutls.x509_crt_get_expiration_time(certificate.pointer)),
    names: alternativeNames(of: certificate), key: keyWords(of: certificate),
    fingerprint: fingerprint(of: certificate))
}

/// A distinguished name in the form of RFC 4514, escaped; empty when GnuTLS cannot read it.
private func name(_ read: (UnsafeMutablePointer<gnutls_datum_t>) -> Int32) -> String {
  var datum = unsafe gnutls_datum_t()
  guard unsafe read(&datum) == GNUTLS_E_SUCCESS else { return "" }
  return unsafe escapedText(takingBytes(datum))
}

/// DNS names and addresses of the subject alternative name, escaped, in the certificate's order.
private func alternativeNames(of certificate: GnuTLSHandle) -> [String] {
  var names: [String] = []
  var index: UInt32 = 0
  while true {
    var size = 0
    let probe = unsafe gnutls.x509_crt_get_subject_alt_name(
      certificate.pointer, index, nil, &size, nil)
    guard probe == GNUTLS_E_SHORT_MEMORY_BUFFER || probe >= 0 else { return names }
    var kind: Int32 = -1
    let text = unsafe [UInt8](unsafeUninitializedCapacity: size + 1) { buffer, count in
      var length = size + 1
      kind = unsafe gnutls.x509_crt_get_subject_alt_name(
        certificate.pointer, index, buffer.baseAddress, &length, nil)
      count = kind >= 0 ? min(length, size + 1) : 0
    }
    if kind == Int32(GNUTLS_SAN_DNSNAME.rawValue) {
      names.append(escapedText(text))
    } else if kind == Int32(GNUTLS_SAN_IPADDRESS.rawValue) {
      names.append(numericAddress(text) ?? escapedText(text))
    }
    index += 1
  }
}

/// The key in words: `ECDSA 256 bits`. GnuTLS's own `EC/ECDSA` names the algorithm twice.
private func keyWords(of certificate: GnuTLSHandle) -> String {
  var bits: UInt32 = 0
  let algorithm = unsafe gnutls.x509_crt_get_pk_algorithm(certificate.pointer, &bits)
  guard algorithm >= 0,
    let name = gnutls.pk_get_name(gnutls_pk_algorithm_t(rawValue: UInt32(algorithm)))
  else { return "unknown" }
  let words = unsafe String(cString: name)
  return "\(words.split(separator: "/").last.map(String.init) ?? words) \(bits) bits"
}

/// SHA-256 of the DER form, lower-case hexadecimal.
private func fingerprint(of certificate: GnuTLSHandle) -> String {
  let digest = unsafe fillingBytes { buffer, size in
    unsafe gnutls.x509_crt_get_fingerprint(
      certificate.pointer, GNUTLS_DIG_SHA256, buffer, &size)
  }
  return hexadecimal(digest ?? [])
}

/// Two small digits a byte.
func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
  bytes.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
}
