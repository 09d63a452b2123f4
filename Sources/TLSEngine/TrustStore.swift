import CGnuTLS
import Synchronization

/// The certificates that a client trusts; the system's are loaded when the first must be judged.
///
/// Loading those takes 9.5 ms, three times as long as a tiny session: sessions without TLS must not
/// pay for it, and a sweep must pay once.
final class TrustStore: Sendable {
  private let path: String?
  private let includesSystem: Bool
  /// Certificates besides, PEM.
  private let further: String?
  private let list = Mutex<TrustList?>(nil)

  /// Trusts the certificates in the PEM file or directory at `path`, and the system's if asked.
  init(path: String?, includesSystem: Bool, further: String? = nil) {
    self.path = path
    self.further = further
    self.includesSystem = includesSystem
  }

  /// Whether nothing has to be read before a certificate is judged.
  var needsNoFile: Bool { path == nil }

  /// Whether it is told to trust the same.
  func trustsAsMuch(as other: TrustStore) -> Bool {
    path == other.path && includesSystem == other.includesSystem && further == other.further
  }

  /// Reads the trusted certificates now, before a connection is made: that they cannot be read is our failure.
  func load() throws(TLSError) {
    if let failure = list.withLock({ list in loadList(into: &list) }) { throw failure }
  }

  /// Judges a chain: does it lead to a trusted root, is it in date, is it made out to `name`?
  func judge(_ chain: CertificateChain, name: String?) -> Judgement {
    if chain.certificates.isEmpty {
      return Judgement(status: 0, problems: ["The peer sent no certificate."] + chain.problems)
    }
    return list.withLock { list in
      if let failure = loadList(into: &list) {
        return Judgement(status: 0, problems: ["Not verified: \(failure.text)"])
      }
      guard let list else { return Judgement(status: 0, problems: ["Not verified."]) }
      if includesSystem { list.includeSystem() }
      return list.judge(chain, name: name)
    }
  }

  /// Typed throws do not pass through `withLock`, so this returns what went wrong.
  private func loadList(into list: inout TrustList?) -> TLSError? {
    if list != nil { return nil }
    do throws(TLSError) {
      let made = try TrustList(path: path)
      if let further { try made.add(pem: further) }
      list = made
      return nil
    } catch {
      return error
    }
  }
}

/// What a certificate is worth.
struct Judgement: Equatable {
  /// Bits of `gnutls_certificate_status_t`.
  var status: UInt32
  /// Why it is not trusted, a sentence each; empty when it is.
  var problems: [String]
  /// Why it is none of the certificates that were named; `nil` where it is one, or none was.
  var pinProblem: String?
  /// How it stands to the TLSA records; `nil` where there are none.
  var tlsa: TLSAOutcome?

  /// Why it does not fit the TLSA records.
  var tlsaProblem: String? {
    if case .failed(_, let text)? = tlsa { text } else { nil }
  }

  var isTrusted: Bool { problems.isEmpty }
}
