package import SessionTrace

/// How long each wait may take. Every wait has a bound.
package struct Timeouts: Sendable, Equatable {
  /// The bound of one whole reply, a TLS handshake, or a blocked write.
  package enum Reply: Sendable, Equatable {
    case fixed(Microseconds)
    /// The minimums of RFC 5321 section 4.5.3.2.
    case rfc5321
  }

  package var reply = Reply.fixed(.seconds(30))
  /// Name resolution, and each address's handshake.
  package var connect = Microseconds.seconds(30)
  /// The whole session; `nil` leaves it to the single bounds.
  package var total: Microseconds?
  /// The longest wait for the last replies once the delivery has been refused: Exim waits a second.
  package var farewell = Microseconds.seconds(2)

  package init() {}

  /// No wait for a reply or a connection is longer than that.
  package mutating func shorten(to wait: Microseconds) {
    reply = .fixed(min(limit(rfc5321: wait), wait))
    connect = min(connect, wait)
  }

  /// The bound of a wait that RFC 5321 wants to be no shorter than `minimum`.
  package func limit(rfc5321 minimum: Microseconds) -> Microseconds {
    switch reply {
    case .fixed(let limit): limit
    case .rfc5321: minimum
    }
  }
}
