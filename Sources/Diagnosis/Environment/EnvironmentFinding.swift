// For its null where a value is absent: see `ExplicitNulls.swift` there.
import SessionTrace

/// Something about the sender's own host that bears on how a session ended.
///
/// A finding is what the host says of itself, and why that matters here. It is no cause: a suspect
/// still has to be tried by an experiment.
package struct EnvironmentFinding: Sendable, Equatable {
  /// Which way a finding points.
  package enum Bearing: String, Encodable, Sendable {
    /// The host may be at fault, or makes a fault elsewhere worse.
    case suspect
    /// What the host does excludes the cause, or excludes it from this host.
    case rulesOut = "rules_out"
  }

  /// A word for it, the same in every report: `fast-open-conntrack`.
  package var id: String
  /// What was found and why it matters, plain ASCII, safe to print.
  package var text: String
  /// The cause it bears on; `nil` where it is about this host alone.
  package var cause: CauseID?
  package var bearing: Bearing
  /// What to do on this host, to look closer or to mend it.
  package var remedies: [Remedy]

  init(
    id: String, text: String, cause: CauseID?, bearing: Bearing = .suspect, remedies: [Remedy] = []
  ) {
    self.id = id
    self.text = printable(text)
    self.cause = cause
    self.bearing = bearing
    self.remedies = remedies
  }
}

extension EnvironmentFinding: Encodable {
  private enum CodingKeys: String, CodingKey { case id, text, cause, bearing, remedies }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(id, forKey: .id)
    try container.encode(text, forKey: .text)
    try container.encodeIfPresent(cause, forKey: .cause)
    try container.encode(bearing, forKey: .bearing)
    try container.encode(remedies, forKey: .remedies)
  }
}
