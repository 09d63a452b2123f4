import CGnuTLS

/// Owns a loaded `gnutls_x509_trust_list_t`.
///
/// Not safe to share by itself: GnuTLS may add to the list while it verifies. ``TrustStore`` locks.
@safe final class TrustList {
  private let handle: gnutls_x509_trust_list_t

  private var includesSystem = false

  /// Reads the certificates in the PEM file `file`; starts empty without one.
  init(file: String?) throws(TLSError) {
    var made: gnutls_x509_trust_list_t?
    let code = unsafe gnutls_x509_trust_list_init(&made, 0)
    guard code == GNUTLS_E_SUCCESS, let list = unsafe made else {
      throw TLSError("make a trust list", code: code)
    }
    unsafe handle = list
    if let file {
      try check(
        unsafe gnutls_x509_trust_list_add_trust_file(
          handle, file, nil, GNUTLS_X509_FMT_PEM, 0, 0),
        "read the trust file \(file)")
    }
  }

  /// Adds the system's certificates; the second time there is nothing to do.
  func includeSystem() {
    if includesSystem { return }
    includesSystem = true
    // A host without certificates trusts nobody; that is a result to report, no error.
    _ = unsafe gnutls_x509_trust_list_add_system_trust(handle, 0, 0)
  }

  deinit {
    unsafe gnutls_x509_trust_list_deinit(handle, 1)
  }

  /// C: gnutls_x509_trust_list_verify_crt2, gnutls_certificate_verification_status_print.
  func judge(_ chain: CertificateChain, name: String?) -> Judgement {
    var status: UInt32 = 0
    var certificates: [gnutls_x509_crt_t?] = unsafe chain.certificates
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
          return unsafe gnutls_x509_trust_list_verify_crt2(
            handle, certificates.baseAddress,
            UInt32(certificates.count), &expectations, UInt32(expectations.count), 0, &status, nil)
        }
      }
    }
    if code < 0 {
      return Judgement(
        status: status, problems: chain.problems + ["Not verified: \(gnuTLSErrorText(code))"])
    }
    return Judgement(status: status, problems: chain.problems + words(for: status))
  }

  /// The sentences for a status, without the summary that stands before the reasons.
  private func words(for status: UInt32) -> [String] {
    if status == 0 { return [] }
    var datum = unsafe gnutls_datum_t()
    let code = unsafe gnutls_certificate_verification_status_print(
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
