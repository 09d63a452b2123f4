/// Something seen in passing that can stall another client, or another day.
package struct Hazard: Codable, Sendable, Equatable {
  /// Catalogue id where there is one: `reply-fragment-naive-reader`.
  package var id: String
  /// What was seen and why it matters, plain ASCII, safe to print.
  package var text: String

  package init(id: String, text: String) {
    self.id = id
    self.text = text
  }
}
