package import Diagnosis
package import Probe
package import SMTPDialogue
import SessionOptions
package import Wire

/// From the request of a diagnosis to the plan of each of its sessions.
///
/// The control is what its user asked for; each variant differs from it in one thing, and its report has
/// the words that ask for it alone.
package struct DiagnoseSetup: Sendable {
  package let request: SessionRequest

  package init(_ request: SessionRequest) { self.request = request }

  /// The control; `place` is where the fixture listens.
  package func control(at place: ServerPlace?) throws(PlanError) -> SessionPlan {
    try request.plan(at: place)
  }

  /// What is known of every session beforehand, the addresses of the target apart.
  func subject(of plan: SessionPlan) throws -> Subject {
    Subject(
      message: try traits(of: plan), patience: request.options.patience, given: request.options)
  }

  /// What every session's message is like; `nil` when none is sent.
  ///
  /// Reads it whole once, in constant memory.
  package func traits(of plan: SessionPlan) throws -> MessageTraits? {
    guard request.options.deliversMail, let content = plan.content?() else { return nil }
    var traits = MessageTraits()
    while true {
      switch try content.next(1 << 16) {
      case .bytes(let bytes): traits.read(bytes)
      case .notYet, .end: return traits
      }
    }
  }

  /// The request so varied, each of them in the sessions of a control of its own.
  package func variant(
    _ variations: [(variation: Variation, control: Control)]
  ) throws(Obstacle) -> SessionRequest {
    var options = request.options
    for (variation, control) in variations { try variation.change(&options, beside: control) }
    return request.with(options)
  }
}
