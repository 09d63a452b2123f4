import TestSupport
import Testing

/// The binary against mail servers of other people, on loopback.
@Suite("A real mail server")
struct ToggleTests {
  @Test(
    "takes every way of sending, and the report finds nothing wrong with it",
    arguments: try Route.all(), Toggle.all)
  func takesEveryWayOfSending(_ route: Route, _ toggle: Toggle) async throws {
    let complaints = try await Visit(route: route, toggle: toggle).complaints()
    #expect(complaints == [])
  }

  /// What rows of one session each cannot show: that nothing is told by chance, once in a hundred.
  @Test("takes two hundred sessions, and not one is a false alarm", arguments: Route.servers)
  func raisesNoFalseAlarm(_ server: String) async throws {
    let routes = try Route.all().filter { $0.server == server }
    let visits = (0..<200).map { number in
      let (round, turn) = number.quotientAndRemainder(dividingBy: Toggle.all.count)
      // Each time round by the other route.
      return Visit(route: routes[(round + turn) % routes.count], toggle: Toggle.all[turn])
    }
    let alarms = try await withThrowingTaskGroup(of: [String].self) { group in
      for visit in visits {
        group.addTask {
          try await visit.complaints().map {
            "smtpprobe \(visit.arguments.joined(separator: " ")): \($0)"
          }
        }
      }
      return try await group.reduce(into: []) { $0 += $1 }
    }
    #expect(alarms == [])
  }

  @Test("gives a report that is valid by the schema", arguments: try Route.all())
  func givesAValidReport(_ route: Route) async throws {
    let options = ["--tls", route.tls, "--message-size", "2000", "--split", "100,1,rest"]
    let run = try await Binary.run([route.address, "--format", "json"] + options)
    let report = try Scratch(Array(run.output.utf8))
    let schema = try Scratch(Array(try await Binary.run(["schema"]).output.utf8))
    let validator = try await ChildProcess.run([
      "/usr/bin/python3", "-m", "jsonschema", "-i", report.path, schema.path,
    ])
    #expect(validator.status == 0, "\(validator.errors)")
  }
}
