import CGnuTLS
import Glibc

/// Owns a loaded `gnutls_x509_trust_list_t`.
///
/// Not safe to share by itself: GnuTLS may add to the list while it verifies. ``TrustStore`` locks.
final class TrustList {
  private let handle: GnuTLSHandle
  private var includesSystem = false

  /// Reads the certificates in the PEM file at `path`, or in the files of a directory that have hashed
  /// names; starts empty without a path.
  init(path: String?) throws(TLSError) {
    handle = try unsafe GnuTLSHandle("a trust list") { made in
      unsafe gnutls.x509_trust_list_init(made, 0)
    } free: { list in
      unsafe gnutls.x509_trust_list_deinit(list, 1)
    }
    guard let path else { return }
    let operation = "read the trust file \(path)"
    guard let files = hashedFiles(in: path) else {
      guard try add(path, operation) > 0 else {
        throw TLSError(
          operation: operation, name: "NO_CERTIFICATE", text: "there is no certificate in it")
      }
      return
    }
    var count: Int32 = 0
    for file in files { count += try add("\(path)/\(file)", "read the trust file \(path)/\(file)") }
    guard count > 0 else {
      throw TLSError(
        operation: "read the trust directory \(path)", name: "NO_CERTIFICATE",
        text: "no file in it has a hashed name with a certificate in it (openssl rehash makes them)"
      )
    }
  }

  /// Trusts one certificate alone, DER.
  convenience init(anchor: [UInt8]) throws(TLSError) {
    try self.init(path: nil)
    try add(anchor, GNUTLS_X509_FMT_DER)
  }

  /// Trusts these, too.
  func add(pem: String) throws(TLSError) { try add(Array(pem.utf8), GNUTLS_X509_FMT_PEM) }

  private func add(_ certificates: [UInt8], _ form: gnutls_x509_crt_fmt_t) throws(TLSError) {
    let count = unsafe withDatum(certificates) { datum in
      unsafe gnutls.x509_trust_list_add_trust_mem(handle.pointer, &datum, nil, form, 0, 0)
    }
    try check(count, "trust a certificate")
  }

  /// How many certificates the file had.
  private func add(_ file: String, _ operation: String) throws(TLSError) -> Int32 {
    let count = unsafe gnutls.x509_trust_list_add_trust_file(
      handle.pointer, file, nil, GNUTLS_X509_FMT_PEM, 0, 0)
    try check(count, operation)
    return count
  }

  /// Adds the system's certificates; the second time there is nothing to do.
  func includeSystem() {
    if includesSystem { return }
    includesSystem = true
    // A host without certificates trusts nobody; that is a result to report, no error.
    _ = unsafe gnutls.x509_trust_list_add_system_trust(handle.pointer, 0, 0)
  }

  /// C: gnutls_x509_trust_list_verify_crt2, gnutls_certificate_verification_status_print.
  func judge(_ chain: CertificateChain, name: String?) -> Judgement {
    var status: UInt32 = 0
    var certificates: [gnutls_x509_crt_t?] = unsafe chain.certificates.map(\.pointer)
    let code = unsafe certificates.withUnsafeMutableBufferPointer { certificates in
      // The name stays where it is for the length of the call.
      var nameBytes = Array((name ?? "").utf8) + [0]
      var purposeBytes = Array(GNUTLS_KP_TLS_WWW_SERVER.utf8) + [0]
      return unsafe nameBytes.withUnsafeMutableBufferPointer { nameBuffer in
        unsafe purposeBytes.withUnsafeMutableBufferPointer { purposeBuffer in
          var expectations = unsafe [
            gnutls_typed_vdata_st(
              type: GNUTLS_DT_KEY_PURPOSE_OID, data: purposeBuffer.baseAddress, size: 0)
          ]
          if name != nil {
            unsafe expectations.append(
              gnutls_typed_vdata_st(
                type: GNUTLS_DT_DNS_HOSTNAME, data: nameBuffer.baseAddress, size: 0))
          }
          return unsafe gnutls.x509_trust_list_verify_crt2(
            handle.pointer, certificates.baseAddress,
            UInt32(certificates.count), &expectations, UInt32(expectations.count),
            leastStrength, &status, nil)
        }
      }
    }
    if code < 0 {
      return Judgement(
        status: status, problems: chain.problems + ["Not verified: \(gnuTLSErrorText(code))"])
    }
    let problems = chain.problems + words(for: status)
    return Judgement(
      status: status, problems: problems + (name == nil ? [] : chain.namingProblems))
  }

  /// The sentences for a status, without the summary that stands before the reasons.
  private func words(for status: UInt32) -> [String] {
    if status == 0 { return [] }
    var datum = unsafe gnutls_datum_t()
    let code = unsafe gnutls.certificate_verification_status_print(
      status, GNUTLS_CRT_X509, &datum, 0)
    guard code == GNUTLS_E_SUCCESS else { return ["The certificate is NOT trusted."] }
    // The datum's size leaves out, or counts, a closing NUL depending on the version.
    let text = unsafe String(decoding: takingBytes(datum).filter { $0 != 0 }, as: UTF8.self)
    let sentences = text.split(separator: ".").map { sentence in
      String(sentence.drop { $0 == " " }) + "."
    }.filter { $0 != "." }
    return sentences.count > 1 ? Array(sentences.dropFirst()) : sentences
  }
}

/// RSA keys of 2,048 bits and what is as strong: GnuTLS's profile "medium", which also its NORMAL
/// priority asks for; without one a chain of RSA 1024 verifies. C: GNUTLS_PROFILE_TO_VFLAGS.
private let leastStrength = GNUTLS_PROFILE_MEDIUM.rawValue << 24

/// The files of a directory that OpenSSL would look into: eight hexadecimal digits, a dot and a number
/// (`openssl rehash`); `nil` where `path` is no directory.
private func hashedFiles(in path: String) -> [String]? {
  guard let directory = unsafe opendir(path) else { return nil }
  defer { unsafe closedir(directory) }
  var names: [String] = []
  while let entry = unsafe readdir(directory) {
    let name = unsafe withUnsafeBytes(of: entry.pointee.d_name) { bytes in
      unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    if parts.count == 2, parts[0].count == 8, parts[0].allSatisfy(\.isHexDigit), !parts[1].isEmpty,
      parts[1].allSatisfy(\.isNumber)
    {
      names.append(name)
    }
  }
  return names.sorted()
}
