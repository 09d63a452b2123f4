import SessionTrace

/// How a client session introduces itself and whom it trusts.
///
/// Copies share one trust store, so that many sessions made from the same configuration load the
/// system's certificates (9.5 ms) once, and only when a certificate must be judged.
package struct ClientConfiguration: Sendable {
  /// The name for SNI; `nil` sends none. See ``announcedName`` for what becomes of it.
  package var serverName: String?
  /// The name, or the address literal, that the certificate must carry; `nil` checks the chain alone.
  package var verifyName: String?
  /// A GnuTLS priority string; `nil` follows the system's policy.
  package var priority: String?
  /// Whether a certificate that is not trusted ends the handshake. It is judged and reported anyway.
  package var requireVerified: Bool
  /// Protocols to offer by ALPN, in order of preference; empty sends no extension.
  package var alpn: [String]
  /// Bytes that the ClientHello is to have on the wire, its record headers included; `nil` leaves it
  /// as it is. A second one, after HelloRetryRequest, has the same padding and not the same size.
  package var helloSize: Int?
  /// The most plaintext that a record of ours carries, bytes; `nil` is what the peer and GnuTLS allow.
  package var recordSize: Int?
  /// What to answer when the server asks for a certificate; `nil` answers with none.
  package var clientCertificate: ClientCertificate?

  /// SHA-256 of the certificates that will do, in small hexadecimal digits; empty: any.
  package var pins: [String] = []
  /// What DANE asks of the certificate; `nil` for nothing.
  package var tlsa: TLSAExpectation?
  /// Where to take a session from that can be resumed, and to keep this one for the next; `nil` for neither.
  package var resumption: TLSResumption?

  private(set) var trust: TrustStore

  /// Trusts the system's certificates if `loadSystemTrust`, and those in `trustFile`: PEM, or a directory of
  /// such files with hashed names; besides those in `furtherTrust`, which is PEM itself.
  package init(
    serverName: String? = nil, verifyName: String? = nil, priority: String? = nil,
    trustFile: String? = nil, loadSystemTrust: Bool = true, requireVerified: Bool = false,
    alpn: [String] = [], helloSize: Int? = nil, recordSize: Int? = nil,
    clientCertificate: ClientCertificate? = nil, furtherTrust: String? = nil
  ) {
    self.serverName = serverName
    self.verifyName = verifyName
    self.priority = priority
    self.requireVerified = requireVerified
    self.alpn = alpn
    self.helloSize = helloSize
    self.recordSize = recordSize
    self.clientCertificate = clientCertificate
    trust = TrustStore(path: trustFile, includesSystem: loadSystemTrust, further: furtherTrust)
  }
}

extension ClientConfiguration {
  /// Whether both are set alike; how much of what they trust is in memory makes no difference.
  package func isLike(_ other: ClientConfiguration) -> Bool {
    serverName == other.serverName && verifyName == other.verifyName
      && priority == other.priority && requireVerified == other.requireVerified
      && alpn == other.alpn && helloSize == other.helloSize && recordSize == other.recordSize
      && clientCertificate == other.clientCertificate && pins == other.pins && tlsa == other.tlsa
      && resumption === other.resumption && trust.trustsAsMuch(as: other.trust)
  }

  /// Whether GnuTLS can have nothing against it: all that it might refuse (a priority string, files, sizes, an odd
  /// name) is left to its own defaults.
  package var isPlain: Bool {
    priority == nil && alpn.isEmpty && helloSize == nil && clientCertificate == nil
      && trust.needsNoFile && announcedName.map(isOrdinaryName) != false
  }

  /// The same with the trust store of another, where that trusts the same certificates.
  package func sharingTrust(with other: ClientConfiguration) -> ClientConfiguration {
    trust.trustsAsMuch(as: other.trust) ? trusting(asIn: other) : self
  }

  /// The same with the trust store of another, whatever that trusts.
  package func trusting(asIn other: ClientConfiguration) -> ClientConfiguration {
    var trusting = self
    trusting.trust = other.trust
    return trusting
  }

  /// The least ``helloSize`` from which on every one up to 16,389 bytes can be made.
  package func smallestHello() throws(TLSError) -> Int { try HelloSize.smallest(of: self) }

  /// The name as SNI carries it: without the closing dot, and never an address literal (RFC 6066
  /// section 3); GnuTLS would send both as they are.
  var announcedName: String? {
    guard let serverName, addressBytes(serverName) == nil else { return nil }
    let name = withoutRootDot(serverName)
    return name.isEmpty ? nil : name
  }

  /// The name as a certificate spells it: without the closing dot.
  var expectedName: String? { verifyName.map(withoutRootDot) }
}

/// Letters, digits and what else is common in names of hosts, within the limit of RFC 1035 section 2.3.4.
private func isOrdinaryName(_ name: String) -> Bool {
  name.utf8.count < 254
    && name.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "_"):
        true
      default: false
      }
    }
}

/// A certificate of ours and its key, as paths of PEM files.
package struct ClientCertificate: Sendable, Equatable {
  package var certificatePath: String
  package var keyPath: String

  package init(certificatePath: String, keyPath: String) {
    self.certificatePath = certificatePath
    self.keyPath = keyPath
  }
}
