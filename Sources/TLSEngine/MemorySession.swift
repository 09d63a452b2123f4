import CGnuTLS
import Glibc

/// A `gnutls_session_t` whose transport is memory: what came in is pulled from a buffer, what goes
/// out is collected in another.
///
/// Who retains whom: the Swift object owns the GnuTLS session and ends it in `deinit`. GnuTLS holds an
/// unretained pointer back, for the callbacks; they run only inside a call that this object (or the
/// ``TLSSession`` that owns it) makes, so the object is alive whenever they do.
@safe final class MemorySession {
  let handle: gnutls_session_t
  /// Judges the peer's certificate while the handshake waits; true accepts it.
  var acceptsCertificate: (() -> Bool)?

  /// Bytes of padding in the ClientHello, where it has any.
  var helloPadding = 0

  /// Ciphertext that GnuTLS has not pulled yet begins at `incomingStart`.
  private var incoming: [UInt8] = []
  private var incomingStart = 0
  private var outgoing: [UInt8] = []
  /// Decrypted bytes land here; one record at most.
  private let scratch: UnsafeMutableRawBufferPointer

  init(flags: UInt32) throws(TLSError) {
    try requireGnuTLS()
    var made: gnutls_session_t?
    let code = unsafe gnutls.`init`(&made, flags)
    guard code == GNUTLS_E_SUCCESS, let session = unsafe made else {
      throw TLSError("make a TLS session", code: code)
    }
    unsafe handle = session
    unsafe scratch = .allocate(byteCount: largestPlaintext, alignment: 16)
    let pointer = unsafe Unmanaged.passUnretained(self).toOpaque()
    unsafe gnutls.session_set_ptr(session, pointer)
    unsafe gnutls.transport_set_ptr(session, pointer)
    unsafe gnutls.transport_set_pull_function(session) { pointer, buffer, size in
      guard let memory = unsafe memorySession(pointer) else { return -1 }
      return unsafe memory.pull(into: buffer, atMost: size)
    }
    unsafe gnutls.transport_set_push_function(session) { pointer, buffer, size in
      guard let memory = unsafe memorySession(pointer) else { return -1 }
      return unsafe memory.push(from: buffer, size)
    }
    // Without it GnuTLS would call select on the transport pointer, which is no descriptor.
    unsafe gnutls.transport_set_pull_timeout_function(session) { pointer, _ in
      guard let memory = unsafe memorySession(pointer) else { return -1 }
      return memory.hasInput ? 1 : 0
    }
    unsafe gnutls.session_set_verify_function(session) { session in
      guard let memory = unsafe memorySession(gnutls.session_get_ptr(session)),
        let accepts = memory.acceptsCertificate
      else { return 0 }
      return accepts() ? 0 : GNUTLS_E_CERTIFICATE_ERROR
    }
    // Time is the caller's: this session knows no clock.
    unsafe gnutls.handshake_set_timeout(session, 0)
    unsafe gnutls.handshake_set_max_packet_length(session, largestHandshakeMessage)
  }

  deinit {
    unsafe gnutls.deinit(handle)
    unsafe scratch.deallocate()
  }

  /// Whether ciphertext waits to be pulled.
  var hasInput: Bool { incomingStart < incoming.count }

  /// How much of the input waits; it shrinks whenever GnuTLS makes progress.
  var inputLength: Int { incoming.count - incomingStart }

  /// Lets GnuTLS pull `ciphertext` behind what waits already.
  func feed(_ ciphertext: [UInt8]) {
    if hasInput {
      incoming.removeFirst(incomingStart)
      incoming += ciphertext
    } else {
      incoming = ciphertext
    }
    incomingStart = 0
  }

  /// Takes what GnuTLS has pushed since the last time.
  func takeOutput() -> [UInt8] {
    defer { outgoing = [] }
    return outgoing
  }

  /// Makes room for what will be pushed, bytes.
  func expectOutput(_ length: Int) { outgoing.reserveCapacity(outgoing.count + length) }

  /// The records that have been pushed and not yet taken, from that byte on.
  func records(from start: Int) -> [RecordSpan] { RecordSpan.scan(outgoing, from: start) }

  /// How much has been pushed and not yet taken.
  var outputLength: Int { outgoing.count }

  /// Decrypts one record at most and appends its text. C: gnutls_record_recv, whose result it returns.
  func receiveRecord(into plaintext: inout [UInt8]) -> Int {
    let received = unsafe gnutls.record_recv(handle, scratch.baseAddress, scratch.count)
    if received > 0 { unsafe plaintext += scratch.prefix(received) }
    return received
  }

  private func pull(into buffer: UnsafeMutableRawPointer?, atMost size: Int) -> Int {
    guard hasInput, let buffer = unsafe buffer else {
      unsafe gnutls.transport_set_errno(handle, EAGAIN)
      return -1
    }
    let count = min(size, inputLength)
    unsafe incoming.withUnsafeBytes { bytes in
      if let base = bytes.baseAddress {
        unsafe buffer.copyMemory(from: base + incomingStart, byteCount: count)
      }
    }
    incomingStart += count
    return count
  }

  private func push(from buffer: UnsafeRawPointer?, _ size: Int) -> Int {
    unsafe outgoing += UnsafeRawBufferPointer(start: buffer, count: size)
    return size
  }
}

/// The most plaintext that one record holds (RFC 8446 section 5.1).
private let largestPlaintext = 16384

/// Where a handshake message ends to be a certificate chain and begins to be an attack on memory.
private let largestHandshakeMessage = 128 * 1024

/// Recovers the object behind the pointer that GnuTLS hands back to its callbacks.
func memorySession(_ pointer: UnsafeMutableRawPointer?) -> MemorySession? {
  guard let pointer = unsafe pointer else { return nil }
  return unsafe Unmanaged<MemorySession>.fromOpaque(pointer).takeUnretainedValue()
}
