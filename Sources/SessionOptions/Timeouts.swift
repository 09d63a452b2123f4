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

  /// The bound for `stage`.
  package func limit(for stage: Stage) -> Microseconds {
    switch reply {
    case .fixed(let limit): limit
    case .rfc5321:
      switch stage {
      case .data: .seconds(120)
      case .body: .seconds(180)
      case .dot: .seconds(600)
      case .resolve, .connect, .banner, .ehlo, .starttls, .tls, .auth, .mail, .rcpt, .quit:
        .seconds(300)
      }
    }
  }
}
