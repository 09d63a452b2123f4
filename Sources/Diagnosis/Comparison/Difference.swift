/// One thing that is not alike in two sessions.
package struct Difference: Encodable, Sendable, Equatable {
  /// What kind of thing; the order of the cases is the order in which they matter.
  package enum Topic: String, CaseIterable, Encodable, Sendable {
    case outcome, options, departure, replies, tls, tcp, timing, environment

    /// As a heading.
    package var title: String {
      switch self {
      case .outcome: "Outcome"
      case .options: "Options"
      case .departure: "How it left"
      case .replies: "Replies"
      case .tls: "TLS"
      case .tcp: "TCP"
      case .timing: "Timing"
      case .environment: "Environment"
      }
    }
  }

  package var topic: Topic
  /// Which thing, in our own words where the traces have none: `split`, `envelope, segments`.
  package var what: String
  /// How it is in the first session; `nil` where there is none.
  package var first: String?
  /// How it is in the second.
  package var second: String?
  /// Whether it can bear on a delivery; addresses, wording and the like are background.
  package var matters: Bool

  private enum CodingKeys: String, CodingKey { case topic, what, first, second, matters }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(topic, forKey: .topic)
    try container.encode(what, forKey: .what)
    try container.encode(first, forKey: .first)
    try container.encode(second, forKey: .second)
    try container.encode(matters, forKey: .matters)
  }
}

/// Collects the differences of one topic.
struct DifferenceList {
  let topic: Difference.Topic
  private(set) var differences: [Difference] = []

  init(_ topic: Difference.Topic) { self.topic = topic }

  /// Adds a difference where the two are not the same.
  mutating func compare(_ what: String, _ first: String?, _ second: String?, matters: Bool = true) {
    guard first != second else { return }
    differences.append(
      Difference(topic: topic, what: what, first: first, second: second, matters: matters))
  }

  /// The same for whole numbers.
  mutating func compare(_ what: String, _ first: Int?, _ second: Int?, matters: Bool = true) {
    compare(what, first.map { String($0) }, second.map { String($0) }, matters: matters)
  }
}
