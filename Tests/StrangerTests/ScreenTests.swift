import TestSupport
import Testing

/// postscreen before Postfix: what a client meets there depends on whether it came before.
@Suite("A real postscreen")
struct ScreenTests {
  /// `STATUS CAUSE` of a diagnosis, as its one line has it.
  private func diagnosis(of address: String, _ options: String...) async throws -> String {
    let run = try await Binary.run(["diagnose", address, "--quiet", "--timeout", "4s"] + options)
    return run.output
  }

  @Test("is told by who spoke too soon and by who comes first, and not by who comes again")
  func firstContact() async throws {
    guard let address = try Route.addresses()["postscreen"] else {
      throw StrangersMissing(server: "postscreen")
    }
    let early = try await diagnosis(of: address, "--pregreet")
    #expect(early.contains("greet-pause-pregreet"), "\(early)")
    let first = try await diagnosis(of: address)
    #expect(first.contains("greylisting"), "\(first)")
    let again = try await Binary.run([address, "--format", "json", "--timeout", "4s"])
    let verdict = try ToldReport(again.output).verdict
    #expect("\(verdict.status)@\(verdict.stage)" == "ok@data", "\(verdict.summary)")
  }
}
