import Lab
import Probe
import SessionOptions
import Wire

/// Whether sessions of a list can be had, as far as can be said before the first; what was found good is not
/// looked at again.
struct LineCheck {
  private var labs: Set<String> = []

  mutating func check(_ request: SessionRequest) throws(PlanError) {
    try check(lab: request.target)
    // The whole plan, with TLS and message, where options of its own may stand against it.
    if request.hasOwnOptions {
      _ = try request.plan(at: nil, arguments: [])
    } else {
      try request.check()
    }
  }

  private mutating func check(lab target: Target) throws(PlanError) {
    guard case .lab(let name) = target.place, labs.insert(name).inserted else { return }
    let fixture: Fixture
    do throws(ExitMessage) { fixture = try namedFixture(name) } catch {
      throw PlanError(error.status, error.text)
    }
    if fixture.network != nil {
      throw PlanError(
        .badInput, "\(target.given) brings a network of its own: probe it by itself")
    }
  }
}
