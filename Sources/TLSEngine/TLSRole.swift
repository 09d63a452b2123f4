/// Which end of the session this is.
enum TLSRole {
  case client(ClientConfiguration)
  case server(ServerConfiguration)

  /// Whether a certificate that is not trusted ends the session.
  var requiresVerified: Bool {
    switch self {
    case .client(let client): client.requireVerified
    case .server: false
    }
  }
}
