package import SessionTrace

/// How a session ended, in the words of the contract.
package enum SessionStatus: String, CaseIterable, Codable, Sendable {
  case ok
  /// A 5xx reply decided it.
  case rejected
  /// A 4xx reply decided it.
  case deferred
  /// A wait passed its deadline.
  case stalled
  /// The peer sent FIN before the session was done.
  case closed
  /// RST, or the connection broke otherwise.
  case reset
  /// No address, or no connection to any.
  case unreachable
  case tlsFailed = "tls_failed"
  /// The peer broke the protocol so that going on was impossible.
  case protocolError = "protocol_error"
  /// A signal; the report covers what happened until then.
  case interrupted
  case internalError = "internal_error"
}

/// `stalled@mail`: how a session ended and where, in the words that `--expect` takes.
package func outcomeText(_ status: SessionStatus, at stage: Stage) -> String {
  "\(status.rawValue)@\(stage.rawValue)"
}
