package import SessionTrace

/// What two distances, of whoever acknowledges and of the server's address, say together.
package enum HopReading: String, Codable, Sendable, CaseIterable {
  /// Acknowledgements come from nearer than the address is: something in front of it ends TCP.
  case inFront = "in_front"
  /// They come from as far away as the address is. A device with the server's own address, and one in
  /// the last hop, look the same.
  case notFound = "not_found"
  /// One of the two is not known, or they contradict each other: TCP and UDP may take other ways.
  case unknown
}

extension HopsRecord {
  /// What the distances say.
  package var reading: HopReading {
    guard let acknowledgedAtTTL, let pathHops else { return .unknown }
    if acknowledgedAtTTL < pathHops { return .inFront }
    return acknowledgedAtTTL == pathHops ? .notFound : .unknown
  }
}
