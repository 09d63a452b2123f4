import CGnuTLS

/// A public key without the certificate that would name its owner.
struct BareKey {
  let handle: GnuTLSHandle

  init(_ handle: GnuTLSHandle) { self.handle = handle }

  /// Whether the certificate bears its signature. C: gnutls_x509_crt_get_signature, gnutls_pubkey_verify_data2.
  func hasSigned(_ certificate: GnuTLSHandle) -> Bool {
    let algorithm = unsafe gnutls.x509_crt_get_signature_algorithm(certificate.pointer)
    guard algorithm > 0, let signed = signedPart(of: encoded(certificate)),
      let signature = unsafe fillingBytes({ buffer, size in
        let text = unsafe UnsafeMutableRawPointer(buffer)?.assumingMemoryBound(to: CChar.self)
        return unsafe gnutls.x509_crt_get_signature(certificate.pointer, text, &size)
      })
    else { return false }
    return unsafe withDatum(signed) { signed in
      unsafe withDatum(signature) { signature in
        unsafe gnutls.pubkey_verify_data2(
          handle.pointer, gnutls_sign_algorithm_t(rawValue: UInt32(algorithm)), 0, &signed,
          &signature)
      }
    } >= 0
  }

  /// The first member of the outer SEQUENCE, which is what is signed (RFC 5280 section 4.1).
  private func signedPart(of certificate: [UInt8]) -> [UInt8]? {
    guard let outer = contents(of: certificate[...]), let inner = contents(of: outer) else {
      return nil
    }
    return Array(outer[outer.startIndex..<inner.endIndex])
  }

  /// What stands in the DER element at the front (X.690 section 8.1); `nil` where that is longer than there is.
  private func contents(of element: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    var rest = element.dropFirst()
    guard let first = rest.popFirst() else { return nil }
    var length = Int(first)
    if first & 0x80 != 0 {
      let digits = rest.prefix(Int(first & 0x7F))
      guard (1...4).contains(digits.count) else { return nil }
      length = digits.reduce(0) { $0 << 8 | Int($1) }
      rest = rest.dropFirst(digits.count)
    }
    return rest.count >= length ? rest.prefix(length) : nil
  }
}
