/// An error that the path reported beside the stream: ICMP, or our own host about a packet's size.
///
/// On a live connection it is a remark (RFC 1122 section 4.2.3.9): TCP goes on trying.
package struct PathErrorRecord: Codable, Sendable, Equatable {
  package var at: Microseconds
  package var failure: SystemFailure
  /// `icmp` or `local`.
  package var origin: String
  /// Numeric address of the sender of the ICMP message; `nil` where the kernel did not keep it.
  package var reporter: String?

  package init(at: Microseconds, failure: SystemFailure, origin: String, reporter: String?) {
    self.at = at
    self.failure = failure
    self.origin = origin
    self.reporter = reporter
  }

  private enum CodingKeys: String, CodingKey {
    case failure, origin, reporter
    case at = "at_us"
  }
}
