import CGnuTLS
import Glibc

/// A certificate and its key, made here and signed with that key.
struct SelfSignedCertificate {
  private let certificateHandle: GnuTLSHandle
  private let keyHandle: GnuTLSHandle
  private var certificate: gnutls_x509_crt_t { unsafe certificateHandle.pointer }
  private var key: gnutls_x509_privkey_t { unsafe keyHandle.pointer }

  init(
    commonName: String, names: [String], validity: ServerCredentials.Validity,
    key kind: ServerCredentials.Key
  ) throws(TLSError) {
    certificateHandle = try GnuTLSHandle.certificate()
    keyHandle = try unsafe GnuTLSHandle("a key") { made in
      unsafe gnutls.x509_privkey_init(made)
    } free: { key in
      unsafe gnutls.x509_privkey_deinit(key)
    }
    try generateKey(kind)
    try describe(commonName: commonName, validity: validity)
    for name in names { try add(name) }
    try check(
      unsafe gnutls.x509_crt_sign2(certificate, certificate, key, GNUTLS_DIG_SHA256, 0),
      "sign a certificate")
  }

  var certificatePEM: [UInt8] {
    get throws(TLSError) {
      var datum = unsafe gnutls_datum_t()
      try check(
        unsafe gnutls.x509_crt_export2(certificate, GNUTLS_X509_FMT_PEM, &datum),
        "write a certificate")
      return unsafe takingBytes(datum)
    }
  }

  var keyPEM: [UInt8] {
    get throws(TLSError) {
      var datum = unsafe gnutls_datum_t()
      try check(
        unsafe gnutls.x509_privkey_export2_pkcs8(
          key, GNUTLS_X509_FMT_PEM, nil, GNUTLS_PKCS_PLAIN.rawValue, &datum), "write a key")
      return unsafe takingBytes(datum)
    }
  }

  private func generateKey(_ kind: ServerCredentials.Key) throws(TLSError) {
    switch kind {
    case .ecdsa256:
      try check(
        unsafe gnutls.x509_privkey_generate(key, GNUTLS_PK_ECDSA, cgnutls_p256_bits, 0),
        "make an ECDSA key")
    case .rsa2048: try generateRSAKey(bits: 2048)
    case .rsa1024: try generateRSAKey(bits: 1024)
    }
  }

  private func generateRSAKey(bits: UInt32) throws(TLSError) {
    try check(unsafe gnutls.x509_privkey_generate(key, GNUTLS_PK_RSA, bits, 0), "make an RSA key")
  }

  private func describe(
    commonName: String, validity: ServerCredentials.Validity
  ) throws(TLSError) {
    let operation = "describe a certificate"
    let term = validity.term(now: time(nil))
    let serial: [UInt8] = [1]
    let name = Array(commonName.utf8)
    try check(unsafe gnutls.x509_crt_set_version(certificate, 3), operation)
    try check(unsafe gnutls.x509_crt_set_serial(certificate, serial, serial.count), operation)
    try check(
      unsafe gnutls.x509_crt_set_activation_time(certificate, term.lowerBound), operation)
    try check(
      unsafe gnutls.x509_crt_set_expiration_time(certificate, term.upperBound), operation)
    try check(
      unsafe gnutls.x509_crt_set_dn_by_oid(
        certificate, GNUTLS_OID_X520_COMMON_NAME, 0, name, UInt32(name.count)),
      "name a certificate \(commonName)")
    try check(unsafe gnutls.x509_crt_set_key(certificate, key), operation)
    try check(unsafe gnutls.x509_crt_set_basic_constraints(certificate, 0, -1), operation)
    try check(
      unsafe gnutls.x509_crt_set_key_usage(
        certificate, UInt32(GNUTLS_KEY_DIGITAL_SIGNATURE | GNUTLS_KEY_KEY_ENCIPHERMENT)),
      operation)
  }

  /// Appends to the subject alternative name.
  private func add(_ name: String) throws(TLSError) {
    let address = addressBytes(name)
    let bytes = address ?? Array(name.utf8)
    try check(
      unsafe gnutls.x509_crt_set_subject_alt_name(
        certificate, address == nil ? GNUTLS_SAN_DNSNAME : GNUTLS_SAN_IPADDRESS, bytes,
        UInt32(bytes.count), UInt32(GNUTLS_FSAN_APPEND)),
      "put the name \(name) into a certificate")
  }
}

extension ServerCredentials.Validity {
  /// The first and the last second, in seconds since the epoch.
  fileprivate func term(now: time_t) -> ClosedRange<time_t> {
    let day: time_t = 86_400
    switch self {
    case .valid: return now - day...now + 365 * day
    case .expired: return now - 30 * day...now - day
    case .notYetValid: return now + 30 * day...now + 365 * day
    }
  }
}
