import FoundationEssentials
import TestSupport
import Testing

@Suite("smtpprobe compare")
struct CompareTests {
  /// A saved report of a session with the lab.
  private func saved(_ arguments: [String]) async throws -> Scratch {
    let outcome = try await Binary.run(arguments + ["--format", "json", "--timeout", "500ms"])
    return try Scratch(Array(outcome.output.utf8))
  }

  @Test("says that two sessions alike are alike, and ends with 0")
  func alike() async throws {
    let first = try await saved(["lab:reseg-513", "--split", "513"])
    let outcome = try await Binary.run(["compare", first.path, first.path])
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("nothing that matters differs"))
  }

  @Test("names the one option that differs, and ends with 1")
  func differs() async throws {
    let first = try await saved(["lab:reseg-513", "--split", "513"])
    let second = try await saved(["lab:reseg-513", "--split", "512"])
    let outcome = try await Binary.run(["compare", first.path, second.path])
    #expect(outcome.status == 1, "\(outcome.errors)")
    #expect(outcome.output.contains("of the options only split"))
    #expect(outcome.output.contains("1 of 513"))
    let json = try await Binary.run([
      "compare", first.path, second.path, "--format", "json",
    ])
    #expect(json.status == 1)
    #expect(json.output.contains("\"same_outcome\" : false"))
  }

  @Test("runs the second session live, with the options of the first")
  func live() async throws {
    let first = try await saved(["lab:reseg-513", "--split", "513", "--ehlo", "probe.example.net"])
    let again = try await Binary.run(["compare", first.path, "lab:reseg-513", "--format", "json"])
    #expect(again.output.contains("\"same_outcome\" : true"), "\(again.errors)")
    #expect(!again.output.contains("\"topic\" : \"options\""))
    let changed = try await Binary.run(["compare", first.path, "lab:reseg-513", "--split", "514"])
    #expect(changed.status == 1)
    #expect(changed.output.contains("of the options only split"), "\(changed.output)")
  }

  @Test("leaves out what was recorded and the options given exclude, and says so")
  func leavesOut() async throws {
    let first = try await saved(["lab:healthy-starttls", "--tls-verify"])
    let clear = try await Binary.run([
      "compare", first.path, "lab:healthy-starttls", "--tls", "off", "--format", "json",
    ])
    #expect(clear.status == 1, "\(clear.errors)")
    #expect(clear.errors.contains("those given exclude it: --tls-verify\n"))
    #expect(clear.output.contains("\"ok\""))
    let same = try await Binary.run(["compare", first.path, "lab:healthy-starttls"])
    #expect(!same.errors.contains("left out"))
    let both = try await Binary.run([
      "compare", first.path, "lab:healthy-starttls", "--tls", "off", "--tls-verify",
    ])
    #expect(both.status == 64 && both.errors.contains("leave --tls off out"))
  }

  @Test("says that TLS was required because it was to be verified, and nobody asked for it")
  func impliedTLS() async throws {
    let words = "required, as --tls-verify implies (--tls require)"
    let implied = try await Binary.run(["lab:healthy", "--tls-verify"])
    #expect(implied.output.contains(words))
    let asked = try await Binary.run(["lab:healthy", "--tls-verify", "--tls", "require"])
    #expect(!asked.output.contains(words))
  }

  @Test("says what stands in its way")
  func stands() async throws {
    let report = try await saved(["lab:healthy"])
    let message = try await saved(["lab:healthy", "--message-size", "100"])
    let noReport = try Scratch(Array("{}".utf8))
    let rows: [(arguments: [String], status: Int, text: String)] = [
      (["compare", report.path, "/nonexistent/b.json"], 66, "/nonexistent/b.json"),
      (["compare", "/nonexistent/a.json", report.path], 66, "/nonexistent/a.json"),
      (["compare", report.path, noReport.path], 65, "kind"),
      (["compare", report.path, "nowhere.json"], 66, "nowhere.json"),
      (["compare", report.path, report.path, "--split", "5"], 64, "live"),
      (["compare", report.path, "lab:helthy"], 64, "healthy"),
      (["compare", report.path, "lab:healthy", "--split", "5x"], 64, "5x"),
      (["compare", report.path, "lab:healthy", "--plan"], 64, "--plan"),
      (["compare", message.path, "lab:healthy"], 64, "--message-size"),
      (["compare", report.path], 64, "second"),
    ]
    for row in rows {
      let outcome = try await Binary.run(row.arguments)
      #expect(outcome.status == row.status, "\(row.arguments): \(outcome.errors)")
      #expect(outcome.errors.contains(row.text), "\(row.arguments): \(outcome.errors)")
      #expect(outcome.output.isEmpty)
    }
  }

  @Test("never takes a file or another server from a report")
  func harmless() async throws {
    let report = try await saved(["lab:healthy"])
    var text = try String(contentsOf: URL(filePath: report.path), encoding: .utf8)
    text = text.replacing(
      "\"data\" : null", with: "\"data\" : \"/etc/hostname\", \"server\" : \"192.0.2.1\"")
    let forged = try Scratch(Array(text.utf8))
    let outcome = try await Binary.run([
      "compare", forged.path, "lab:healthy", "--quit-after", "data", "--format", "json",
    ])
    #expect(outcome.status == 1, "\(outcome.errors)")
    #expect(!outcome.output.contains("content taken"))
    #expect(outcome.output.contains("\"what\" : \"server\""))
  }
}
