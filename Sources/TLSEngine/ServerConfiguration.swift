/// How a server session of the lab behaves.
package struct ServerConfiguration: Sendable {
  package var credentials: ServerCredentials
  /// A GnuTLS priority string; `nil` follows the system's policy.
  package var priority: String?
  /// Whether the client is asked for a certificate.
  package var requestClientCertificate: Bool
  /// Whether a client without one is turned away. Under TLS 1.3 the client learns it only after it
  /// believes the handshake over: the late alert.
  package var requireClientCertificate: Bool
  /// Whether session tickets are sent, as most servers do; they follow the handshake under TLS 1.3.
  package var sendsTickets: Bool
  /// Protocols to accept by ALPN.
  package var alpn: [String]

  package init(
    credentials: ServerCredentials, priority: String? = nil,
    requestClientCertificate: Bool = false, requireClientCertificate: Bool = false,
    sendsTickets: Bool = false, alpn: [String] = []
  ) {
    self.credentials = credentials
    self.priority = priority
    self.requestClientCertificate = requestClientCertificate
    self.requireClientCertificate = requireClientCertificate
    self.sendsTickets = sendsTickets
    self.alpn = alpn
  }
}
