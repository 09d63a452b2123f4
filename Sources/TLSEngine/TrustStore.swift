import CGnuTLS
import Synchronization

/// The certificates that a client trusts, loaded when the first certificate must be judged.
///
/// Loading the system's takes 9.5 ms, three times as long as a tiny session: sessions without TLS
/// must not pay for it, and a sweep must pay once.
final class TrustStore: Sendable {
  private let file: String?
  private let includesSystem: Bool
  private let list = Mutex<TrustList?>(nil)

  /// - Parameter file: PEM file with certificates to trust; `nil` for none.
  init(file: String?, includesSystem: Bool) {
    self.file = file
    self.includesSystem = includesSystem
  }

  /// Fails now, before a connection is made, when the trust file cannot be read.
  func requireReadableFile() throws(TLSError) {
    guard let file else { return }
    var datum = unsafe gnutls_datum_t()
    try check(unsafe gnutls_load_file(file, &datum), "read the trust file \(file)")
    unsafe cgnutls_free(datum.data)
  }

  /// Judges a chain: does it lead to a trusted root, is it in date, is it made out to `name`?
  ///
  /// - Returns: GnuTLS's `gnutls_certificate_status_t` bits and the words for them, none when all is well.
  func judge(_ chain: CertificateChain, name: String?) -> Judgement {
    if unsafe chain.certificates.isEmpty {
      return Judgement(status: 0, problems: ["The peer sent no certificate."] + chain.problems)
    }
    return list.withLock { list -> Judgement in
      let trusted: TrustList
      do throws(TLSError) {
        if let loaded = list {
          trusted = loaded
        } else {
          trusted = try TrustList(file: file, includesSystem: includesSystem)
        }
      } catch {
        return Judgement(status: 0, problems: ["The trust store cannot be read: \(error.text)"])
      }
      list = trusted
      return trusted.judge(chain, name: name)
    }
  }
}

/// What a certificate is worth.
struct Judgement: Equatable {
  /// Bits of `gnutls_certificate_status_t`.
  var status: UInt32
  /// Why it is not trusted, a sentence each; empty when it is.
  var problems: [String]

  var isTrusted: Bool { problems.isEmpty }
}
