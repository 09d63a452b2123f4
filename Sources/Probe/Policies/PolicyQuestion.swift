package import SessionOptions
package import SessionTrace
package import StrictTransport
package import TLSEngine
package import Wire

/// Which domain's policy is wanted, and how to get at it.
package struct PolicyQuestion: Sendable {
  /// The mail domain, in ASCII.
  package var domain: String
  /// Of the policy host: 443 but for one that is being tried out.
  package var port: Int
  /// The one name server to ask; `nil` for the system's way.
  package var nameServer: Endpoint?
  package var family = AddressFamily.any
  /// Whom to trust; what else it says is about another server.
  package var tls: ClientConfiguration
  /// For each lookup, and for each address's handshake.
  package var connectLimit: Microseconds
  /// For all of it. RFC 8461 section 3.3 suggests a minute.
  package var limit = Microseconds.seconds(60)

  package init(
    domain: String, port: Int = 443, nameServer: Endpoint? = nil, tls: ClientConfiguration,
    connectLimit: Microseconds
  ) {
    self.domain = domain
    self.port = port
    self.nameServer = nameServer
    self.tls = tls
    self.connectLimit = connectLimit
  }

  /// `mta-sts.example.com`.
  var host: String { "mta-sts." + domain }

  /// `_mta-sts.example.com`.
  var recordName: String { "_mta-sts." + domain }

  /// Whether the answer to both is the same, however long it takes.
  func isLike(_ other: PolicyQuestion) -> Bool {
    domain == other.domain && port == other.port && nameServer == other.nameServer
      && family == other.family && policyHostTLS.isLike(other.policyHostTLS)
  }

  /// TLS with the policy host, whose certificate has to verify for its name.
  var policyHostTLS: ClientConfiguration {
    // What else was asked for is about the mail server.
    ClientConfiguration(
      serverName: host, verifyName: host, loadSystemTrust: false, requireVerified: true,
      alpn: ["http/1.1"]
    ).trusting(asIn: tls)
  }
}

/// What a domain's policy is, or why there is none.
package struct PolicyFinding: Sendable, Equatable {
  /// Whether a TXT record says that there is one.
  package var isAnnounced = false
  /// `nil` where there is none, or none that could be had.
  package var policy: STSPolicy?
  /// Why it could not be had, as a TLS report would say; `nil` otherwise.
  package var result: TLSPolicyRecord.Result?
  /// The same, or why there is none, in words. Plain ASCII.
  package var reason: String?
  /// From the first question on.
  package var took: Microseconds = 0

  package init() {}
}
