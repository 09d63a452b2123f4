package import SessionTrace

/// Something this host failed to do for us; never what a peer did.
///
/// Whatever a peer can bring about (a refused connection, a reset) is a value in the answer of the
/// call instead.
package struct WireError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What we were doing, in a few words: `listen`, `wait for events`.
  package var operation: String
  /// Where, when it was about an address.
  package var address: Endpoint?
  /// What the system said.
  package var failure: SystemFailure

  /// An operation that failed, and how.
  package init(operation: String, address: Endpoint? = nil, failure: SystemFailure) {
    self.operation = operation
    self.address = address
    self.failure = failure
  }

  /// `cannot listen on 127.0.0.1:25: Permission denied (bind, EACCES)`.
  package var description: String {
    let place = address.map { " on \($0)" } ?? ""
    return "cannot \(operation)\(place): \(failure.text) (\(failure.call), \(failure.name))"
  }
}
