/// One question to a name server that brought nothing, beside another that did.
package struct FailedLookup: Codable, Sendable, Equatable {
  /// Whose records were asked for.
  package var name: String
  /// The records, as DNS calls them: `AAAA`.
  package var type: String
  package var failure: SystemFailure
  /// From the question until it was given up, or the answer that says no.
  package var duration: Microseconds

  package init(name: String, type: String, failure: SystemFailure, duration: Microseconds) {
    self.name = name
    self.type = type
    self.failure = failure
    self.duration = duration
  }

  private enum CodingKeys: String, CodingKey {
    case name, type, failure
    case duration = "duration_us"
  }
}
