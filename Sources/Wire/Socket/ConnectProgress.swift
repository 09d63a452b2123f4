package import SessionTrace

/// How far a connection attempt is.
package enum ConnectProgress: Sendable, Equatable {
  /// Under way: ask again with `finishConnecting()` when the socket is writable.
  case inProgress
  /// There is a connection.
  case connected
  /// There will be none.
  case failed(SystemFailure)
}
