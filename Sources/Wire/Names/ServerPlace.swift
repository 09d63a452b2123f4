/// How a server of our own is reached: where it listens, and whom to ask for what leads there.
package struct ServerPlace: Sendable, Equatable {
  package var endpoint: Endpoint
  /// The mail domain whose exchangers are to be asked for; `nil` when the server is to be met at once.
  package var domain: String?
  /// The name server that knows them.
  package var nameServer: Endpoint?

  package init(endpoint: Endpoint, domain: String? = nil, nameServer: Endpoint? = nil) {
    self.endpoint = endpoint
    self.domain = domain
    self.nameServer = nameServer
  }
}
