/// A group of causes that share a mechanism; the first letter of their codes.
package enum CatalogueFamily: String, CaseIterable, Codable, Sendable {
  case segmentation = "A"
  case localHold = "B"
  case path = "P"
  case greeting = "D"
  case envelope = "E"
  case content = "F"
  case closing = "G"
  case security = "H"
  case routing = "I"

  /// What its causes have in common, as a heading.
  package var title: String {
    switch self {
    case .segmentation: "Segments taken for messages"
    case .localHold: "Nagle's algorithm and bytes held at home"
    case .path: "The path and TCP options"
    case .greeting: "Greeting, policy, and devices that inspect"
    case .envelope: "Envelope and pipelining"
    case .content: "The message"
    case .closing: "Closing and using again"
    case .security: "TLS"
    case .routing: "Names, addresses, and policy before TCP"
    }
  }
}
