import Synchronization
import TLSEngine

/// TLS settings that were tried out before a connection is made: a priority string that does not parse must
/// not wait for a handshake.
///
/// Sessions of one request share it: what all of them have alike is tried once, and they share one trust
/// store.
package final class TLSTrials: Sendable {
  /// Sessions of one request resume each other's TLS, where they are to.
  let resumption = TLSResumption()
  private let last = Mutex<ClientConfiguration?>(nil)

  package init() {}

  /// The configuration as it is to be used; throws what is wrong with it.
  func tried(_ configuration: ClientConfiguration) throws(TLSError) -> ClientConfiguration {
    let known = last.withLock { $0 }
    if let known, known.isLike(configuration) { return known }
    let wanted = known.map(configuration.sharingTrust) ?? configuration
    _ = try TLSSession(client: wanted)
    last.withLock { $0 = wanted }
    return wanted
  }
}
