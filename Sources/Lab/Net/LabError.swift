import SessionTrace
package import TLSEngine
package import Wire

/// What the lab could not do; what its clients do is data and never throws.
package enum LabError: Error, Sendable, CustomStringConvertible {
  /// No listening socket.
  case cannotListen(WireError)
  /// No certificate for a fixture with TLS.
  case noCredentials(TLSError)

  /// What the system had against it.
  package var cause: WireError? {
    switch self {
    case .cannotListen(let error): error
    case .noCredentials: nil
    }
  }

  package var description: String {
    switch self {
    case .cannotListen(let error): "the lab cannot listen: \(error)"
    case .noCredentials(let error): "the lab cannot make a certificate: \(error.text)"
    }
  }
}
