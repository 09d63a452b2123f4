import CGnuTLS
import Synchronization

/// What one session learnt and the next can resume: a ticket, or an id, with the secret that goes with it.
///
/// It lives in memory and nowhere else; configurations that share one resume each other's sessions, with a server
/// of the same name and no other: sessions of a list, or with every exchanger of a domain, share one too.
package final class TLSResumption: Sendable {
  private struct Memory {
    var name: String?
    var bytes: [UInt8]
  }

  private let data = Mutex<Memory?>(nil)

  package init() {}

  /// Whether there is something to resume.
  package var isReady: Bool { data.withLock { $0 != nil } }

  func store(_ bytes: [UInt8], of name: String?) {
    data.withLock { $0 = Memory(name: name, bytes: bytes) }
  }

  /// What is remembered of a server of that name.
  func stored(of name: String?) -> [UInt8]? {
    data.withLock { $0?.name == name ? $0?.bytes : nil }
  }
}

extension TLSSession {
  /// Offers the server to resume what is remembered; C: gnutls_session_set_data.
  func offerResumption(_ resumption: TLSResumption) throws(TLSError) {
    guard case .client(let client) = role,
      let data = resumption.stored(of: client.expectedName)
    else { return }
    try check(
      unsafe gnutls.session_set_data(memory.handle, data, data.count), "resume a TLS session")
  }

  /// Keeps what a session after this one can resume; called late, since TLS 1.3 sends its tickets behind the
  /// handshake. C: gnutls_session_get_data2.
  package func remember() {
    guard case .client(let client) = role, let resumption = client.resumption, isEstablished else {
      return
    }
    let flags = unsafe gnutls.session_get_flags(memory.handle)
    // Without a ticket GnuTLS would wait for one.
    guard !isTLS13 || flags & GNUTLS_SFLAGS_SESSION_TICKET.rawValue != 0 else { return }
    var datum = unsafe gnutls_datum_t()
    guard unsafe gnutls.session_get_data2(memory.handle, &datum) == GNUTLS_E_SUCCESS else { return }
    resumption.store(unsafe takingBytes(datum), of: client.expectedName)
  }
}
