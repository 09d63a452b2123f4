import TestSupport
import Testing

/// The binary against mail servers of other people, on loopback.
@Suite("A real mail server")
struct ToggleTests {
  @Test(
    "takes every way of sending, and the report finds nothing wrong with it",
    arguments: try Route.all(), Toggle.all)
  func takesEveryWayOfSending(_ route: Route, _ toggle: Toggle) async throws {
    let arguments = [route.address, "--tls", route.tls, "--format", "json"] + toggle.options
    let run = try await Binary.run(arguments)
    let report = try ToldReport(run.output)
    let verdict = report.verdict
    #expect(
      "\(verdict.status)@\(verdict.stage)" == toggle.outcome(at: route.server),
      "\(verdict.summary)")
    #expect(run.status == verdict.exitCode)
    #expect(report.violations.map(\.kind) == [])
    #expect(report.hazards.map(\.id) == [])
    #expect(run.errors == "")
  }
}
