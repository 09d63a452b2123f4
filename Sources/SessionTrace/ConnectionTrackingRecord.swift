/// Connection tracking (`nf_conntrack`) in the network namespace of the session.
///
/// A host below a container tracks on its own, and does not show here.
package struct ConnectionTrackingRecord: Codable, Sendable, Equatable {
  /// Whether it is there; a rule that needs it sets it to work.
  package var isLoaded: Bool
  /// Connections it follows; above zero it is at work (`nf_conntrack_count`).
  package var entries: Int?
  /// The most it can follow (`nf_conntrack_max`).
  package var limit: Int?

  package init(isLoaded: Bool, entries: Int? = nil, limit: Int? = nil) {
    self.isLoaded = isLoaded
    self.entries = entries
    self.limit = limit
  }

  private enum CodingKeys: String, CodingKey {
    case entries, limit
    case isLoaded = "loaded"
  }
}
