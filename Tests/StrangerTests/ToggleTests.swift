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
    let wanted = toggle.outcome(at: route.server)
    #expect("\(verdict.status)@\(verdict.stage)" == wanted.end, "\(verdict.summary)")
    #expect(run.status == verdict.exitCode)
    #expect(report.violations.map(\.kind) == [])
    let hazards = report.hazards.map(\.id)
    #expect(hazards.filter { !route.passingHazards.contains($0) } == wanted.hazards)
    if toggle.cutsExactly { #expect(!report.segments.contains { $0.asPlanned == false }) }
    #expect(run.errors == "")
  }

  @Test("gives a report that is valid by the schema", arguments: try Route.all())
  func givesAValidReport(_ route: Route) async throws {
    let options = ["--tls", route.tls, "--message-size", "2000", "--split", "100,1,rest"]
    let run = try await Binary.run([route.address, "--format", "json"] + options)
    let report = try Scratch(Array(run.output.utf8))
    let schema = try Scratch(Array(try await Binary.run(["schema"]).output.utf8))
    let validator = try ChildProcess.run([
      "/usr/bin/python3", "-m", "jsonschema", "-i", report.path, schema.path,
    ])
    #expect(validator.status == 0, "\(validator.errors)")
  }
}
