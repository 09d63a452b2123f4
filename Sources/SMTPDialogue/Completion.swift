/// How a dialogue came to its end by itself.
package enum Completion: Equatable, Sendable {
  /// We have what we came for, or were refused and took leave, or the server announced that it leaves.
  case done
  /// TLS is required and the server does not offer STARTTLS.
  case tlsNotOffered
  /// We were to say who we are, and could not: why, in plain ASCII.
  case notAuthenticated(String)
  /// The peer broke the protocol beyond going on; the violation before this says how.
  case protocolError
}
