import CGnuTLS

/// Lends bytes to GnuTLS as a `gnutls_datum_t` for the length of one call.
///
/// The pointer is mutable in C's type only: none of the functions this is used with writes through it.
func withDatum<Result>(
  _ bytes: [UInt8], _ body: (inout gnutls_datum_t) -> Result
) -> Result {
  unsafe bytes.withUnsafeBufferPointer { buffer in
    var datum = unsafe gnutls_datum_t(
      data: UnsafeMutablePointer(mutating: buffer.baseAddress), size: UInt32(buffer.count))
    return unsafe body(&datum)
  }
}

/// Copies a datum that GnuTLS allocated for us, and frees it.
func takingBytes(_ datum: gnutls_datum_t) -> [UInt8] {
  defer { unsafe cgnutls_free(datum.data) }
  return unsafe bytes(of: datum)
}

/// Copies a datum that stays GnuTLS's own.
func bytes(of datum: gnutls_datum_t) -> [UInt8] {
  unsafe [UInt8](UnsafeBufferPointer(start: datum.data, count: Int(datum.size)))
}

/// Asks for bytes in two calls, GnuTLS's custom: the first tells the size, the second fills.
///
/// `body` gets a buffer (`nil` at first) and its capacity and returns a GnuTLS code; a second code
/// other than success gives `nil`.
func fillingBytes(
  _ body: (UnsafeMutablePointer<UInt8>?, inout Int) -> Int32
) -> [UInt8]? {
  var size = 0
  let wanted = body(nil, &size)
  guard wanted == GNUTLS_E_SHORT_MEMORY_BUFFER, size > 0 else { return nil }
  var code: Int32 = 0
  let filled = unsafe [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
    var length = buffer.count
    unsafe code = body(buffer.baseAddress, &length)
    count = code == GNUTLS_E_SUCCESS ? min(length, buffer.count) : 0
  }
  return code == GNUTLS_E_SUCCESS ? filled : nil
}
