/// How a server of our own is reached: where it listens, and whom to ask for what leads there.
package struct ServerPlace: Sendable, Equatable {
  package var endpoint: Endpoint
  /// The mail domain whose exchangers are to be asked for; `nil` when the server is to be met at once.
  package var domain: String?
  /// The name server that knows them.
  package var nameServer: Endpoint?
  /// Who is asked for a policy by HTTPS; `nil` for the usual port.
  package var policyHost: Endpoint?
  /// The certificates that are to be trusted there, PEM; `nil` for none but those that always are.
  package var certificates: String?

  package init(
    endpoint: Endpoint, domain: String? = nil, nameServer: Endpoint? = nil,
    policyHost: Endpoint? = nil, certificates: String? = nil
  ) {
    self.endpoint = endpoint
    self.domain = domain
    self.nameServer = nameServer
    self.policyHost = policyHost
    self.certificates = certificates
  }
}
