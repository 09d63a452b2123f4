import CGnuTLS

/// A TLSA record: which certificate a host has, or who signs it (RFC 6698 section 2.1).
package struct TLSARecord: Sendable, Hashable, CustomStringConvertible {
  /// As the wire carries it.
  private let bytes: [UInt8]

  package init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// What of a chain it is about: 2 an issuer (DANE-TA), 3 the leaf (DANE-EE).
  var usage: UInt8 { bytes.first ?? 0 }
  /// 0 the certificate, 1 its public key.
  var selector: UInt8 { bytes.count > 1 ? bytes[1] : 0 }
  /// 0 the whole of it, 1 its SHA-256, 2 its SHA-512.
  var matchingType: UInt8 { bytes.count > 2 ? bytes[2] : 0 }
  var data: ArraySlice<UInt8> { bytes.dropFirst(3) }

  /// `3 1 1 0123…`, all digits of it.
  package var description: String {
    (bytes.prefix(3).map { String($0) } + [hexadecimal(data)]).filter { !$0.isEmpty }
      .joined(separator: " ")
  }

  /// Why nobody can use it for mail, behind "it"; `nil` for one of use (RFC 7672 section 3.1).
  package var problem: String? {
    if bytes.count < 4 { return "is shorter than any TLSA record" }
    switch usage {
    case 0, 1: return "has usage \(usage), which is not for mail (RFC 7672 section 3.1.3)"
    case 2, 3: break
    default: return "has usage \(usage), which nobody has defined"
    }
    if selector > 1 { return "has selector \(selector), which nobody has defined" }
    switch matchingType {
    case 0: return isReadable ? nil : "holds no \(selector == 0 ? "certificate" : "public key")"
    case 1: return data.count == 32 ? nil : "has \(data.count) bytes where a SHA-256 has 32"
    case 2: return data.count == 64 ? nil : "has \(data.count) bytes where a SHA-512 has 64"
    default: return "has matching type \(matchingType), which nobody has defined"
    }
  }

  /// Whether the data is what the selector says. C: gnutls_x509_crt_import, gnutls_pubkey_import.
  private var isReadable: Bool {
    let form = GNUTLS_X509_FMT_DER
    if selector == 0 {
      guard let certificate = try? GnuTLSHandle.certificate() else { return false }
      return unsafe withDatum(Array(data)) { datum in
        unsafe gnutls.x509_crt_import(certificate.pointer, &datum, form)
      } == GNUTLS_E_SUCCESS
    }
    return readableKey != nil
  }

  /// The key that stands whole in it, of whichever certificate; `nil` where none does.
  var key: BareKey? { selector == 1 && matchingType == 0 ? readableKey.map(BareKey.init) : nil }

  /// The data as a public key. C: gnutls_pubkey_import.
  private var readableKey: GnuTLSHandle? {
    guard let key = try? GnuTLSHandle.publicKey() else { return nil }
    let code = unsafe withDatum(Array(data)) { datum in
      unsafe gnutls.pubkey_import(key.pointer, &datum, GNUTLS_X509_FMT_DER)
    }
    return code == GNUTLS_E_SUCCESS ? key : nil
  }

  /// Whether it is about a host's own certificate, and not about an issuer.
  package var isAboutLeaf: Bool { usage == 3 }

  /// Whether it is about that certificate.
  func fits(_ certificate: GnuTLSHandle) -> Bool {
    let whole = selector == 0 ? encoded(certificate) : encodedKey(of: certificate)
    switch matchingType {
    case 0: return whole.elementsEqual(data)
    case 1: return digest(whole, GNUTLS_DIG_SHA256, length: 32).elementsEqual(data)
    case 2: return digest(whole, GNUTLS_DIG_SHA512, length: 64).elementsEqual(data)
    default: return false
    }
  }

  /// `3 1 1`, as most hosts have it: the one for that certificate.
  static func usual(for certificate: GnuTLSHandle) -> TLSARecord {
    TLSARecord([3, 1, 1] + digest(encodedKey(of: certificate), GNUTLS_DIG_SHA256, length: 32))
  }
}

extension [TLSARecord] {
  /// Those that count: of use, and of digests by one usage and selector only the strongest, so that who adds a
  /// stronger one is not held to the weaker (RFC 7671 section 9). Those about the leaf first, which ask for less.
  var applicable: [TLSARecord] {
    let usable = filter { $0.problem == nil }
    return usable.filter { record in
      record.matchingType == 0
        || !usable.contains {
          $0.usage == record.usage && $0.selector == record.selector
            && $0.matchingType > record.matchingType
        }
    }.sorted { $0.usage > $1.usage }
  }
}

/// The whole certificate, DER. C: gnutls_x509_crt_export2.
func encoded(_ certificate: GnuTLSHandle) -> [UInt8] {
  var datum = unsafe gnutls_datum_t()
  let code = unsafe gnutls.x509_crt_export2(certificate.pointer, GNUTLS_X509_FMT_DER, &datum)
  return code == GNUTLS_E_SUCCESS ? unsafe takingBytes(datum) : []
}

/// Its SubjectPublicKeyInfo, DER. C: gnutls_pubkey_import_x509, gnutls_pubkey_export2.
private func encodedKey(of certificate: GnuTLSHandle) -> [UInt8] {
  var datum = unsafe gnutls_datum_t()
  guard let key = try? GnuTLSHandle.publicKey(),
    unsafe gnutls.pubkey_import_x509(key.pointer, certificate.pointer, 0) == GNUTLS_E_SUCCESS,
    unsafe gnutls.pubkey_export2(key.pointer, GNUTLS_X509_FMT_DER, &datum) == GNUTLS_E_SUCCESS
  else { return [] }
  return unsafe takingBytes(datum)
}

/// C: gnutls_hash_fast.
private func digest(
  _ bytes: [UInt8], _ algorithm: gnutls_digest_algorithm_t, length: Int
) -> [UInt8] {
  var digest = [UInt8](repeating: 0, count: length)
  let code = unsafe gnutls.hash_fast(algorithm, bytes, bytes.count, &digest)
  return code == GNUTLS_E_SUCCESS && !bytes.isEmpty ? digest : []
}
