/// One try to reach one address, kept with its reason when it failed.
package struct ConnectionAttempt: Codable, Sendable, Equatable {
  /// The address in numbers, as `inet_ntop(3)` writes it; a path for a UNIX socket.
  package var address: String
  package var port: Int
  package var start: Microseconds
  package var duration: Microseconds
  /// `nil` when the connection was made.
  package var failure: SystemFailure?
  /// Who told us: `icmp` (the kernel's error queue names the reporter), `rst`, `timeout`, `local`.
  package var failureOrigin: String?

  package init(
    address: String, port: Int, start: Microseconds, duration: Microseconds,
    failure: SystemFailure?, failureOrigin: String?
  ) {
    self.address = address
    self.port = port
    self.start = start
    self.duration = duration
    self.failure = failure
    self.failureOrigin = failureOrigin
  }

  /// Whether our own deadline came before the kernel's second SYN, which it sends after a second
  /// (`TCP_TIMEOUT_INIT` in `include/net/tcp.h`; RFC 6298 section 2): then a single lost packet is enough
  /// to explain the silence.
  package var hasOneSYN: Bool {
    failure?.name == "ETIMEDOUT" && failureOrigin == nil && port > 0 && duration <= .seconds(1)
  }

  private enum CodingKeys: String, CodingKey {
    case address, port, failure
    case start = "start_us"
    case duration = "duration_us"
    case failureOrigin = "failure_origin"
  }
}
