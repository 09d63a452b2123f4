/// Something seen in passing that can stall another client, or another day.
package struct Hazard: Codable, Sendable, Equatable {
  /// The cause that it may be, or the remark on it: `reply-fragment-naive-reader`.
  package var id: CauseID
  /// What was seen and why it matters, plain ASCII, safe to print.
  package var text: String

  package init(id: CauseID, text: String) {
    self.id = id
    self.text = text
  }
}
