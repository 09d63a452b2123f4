/// The kernel's view at the end of a stage, or at the end of the session.
package struct KernelSnapshot: Codable, Sendable, Equatable {
  package var stage: Stage
  package var at: Microseconds
  package var facts: KernelFacts

  package init(stage: Stage, at: Microseconds, facts: KernelFacts) {
    self.stage = stage
    self.at = at
    self.facts = facts
  }

  private enum CodingKeys: String, CodingKey {
    case stage, facts
    case at = "at_us"
  }
}
