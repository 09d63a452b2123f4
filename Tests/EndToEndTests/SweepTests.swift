import FoundationEssentials
import TestSupport
import Testing

/// `smtpprobe sweep` as its users call it.
@Suite("sweep")
struct SweepTests {
  @Test(
    "finds the sizes that fail, and no other",
    arguments: [
      (["lab:reseg-513", "--envelope-size", "42..1100"], [513, 1025], "isolated"),
      (["lab:reseg-513", "--split", "500..520"], [513], "isolated"),
      (["lab:reseg-513", "--envelope-size", "500..530", "--exhaustive"], [513], "isolated"),
      (["lab:reseg-513", "--no-fault", "--split", "500..520"], [], "nothing"),
      (["lab:healthy", "--envelope-size", "1..1100"], [], "nothing"),
      (["lab:healthy", "--recipients", "1..20", "--to", "a@b.example,c@d.example"], [], "nothing"),
      (["lab:healthy-starttls", "--message-size", "500..530", "--jobs", "3"], [], "nothing"),
      (["lab:healthy", "--line-length", "990..1010"], [], "nothing"),
      (["lab:healthy-tls", "--tls", "implicit", "--clienthello-size", "1..600"], [], "nothing"),
    ] as [([String], [Int], String)])
  func finds(arguments: [String], failing: [Int], kind: String) async throws {
    let sweep = try await Binary.run(
      ["sweep"] + arguments + ["--timeout", failing.isEmpty ? "20s" : "500ms", "--format", "json"])
    #expect(sweep.status == (failing.isEmpty ? 0 : 1), "\(sweep.errors)")
    let told = try JSONDecoder().decode(ToldSweep.self, from: Data(sweep.output.utf8))
    #expect(told.kind == "sweep" && told.schema == 1)
    #expect(told.conclusion.kind == kind)
    #expect(told.rows.filter { $0.failed > 0 }.map(\.value) == failing)
    for row in told.rows where row.failed > 0 {
      #expect(row.status == "stalled" && row.custody == "acknowledged_unanswered")
      #expect(row.failed == row.tries && row.tries >= 3)
    }
    #expect(told.rows.filter { $0.failed == 0 }.allSatisfy { $0.status == "ok" })
    #expect(told.firstFailure?.status == (failing.isEmpty ? nil : "stalled"))
  }

  @Test("finds where a limit begins")
  func threshold() async throws {
    let file = try OwnFixture(
      """
      Mine

      Source: me.

      Fault:
          C: RCPT #12
          S: (close)

      Run: --timeout 2s
          ok@data
      """)
    let sweep = try await Binary.run(
      ["sweep", "lab:\(file.path)", "--recipients", "1..200", "--timeout", "20s"])
    #expect(sweep.status == 1, "\(sweep.errors)")
    #expect(sweep.output.hasPrefix("FOUND: everything from 12 up fails\n"), "\(sweep.output)")
  }

  @Test("calls no size of the ClientHello tested where there was none")
  func withoutTLS() async throws {
    let sweep = try await Binary.run(
      ["sweep", "lab:healthy", "--clienthello-size", "511..514", "--format", "json"])
    #expect(sweep.status == 2)
    let told = try JSONDecoder().decode(ToldSweep.self, from: Data(sweep.output.utf8))
    #expect(told.rows.allSatisfy { $0.failed == 0 } && told.rows.count == 4)
  }

  @Test("stops at 421 with what it has learnt")
  func turnedAway() async throws {
    let sweep = try await Binary.run(
      ["sweep", "lab:leaves-with-421", "--envelope-size", "100..300", "--jobs", "1"])
    #expect(sweep.status == 2)
    #expect(sweep.output.contains("stopped by a 421"), "\(sweep.output)")
  }

  @Test("says how many connections it will make, and in text of at most 80 columns what it found")
  func text() async throws {
    let sweep = try await Binary.run(
      ["sweep", "lab:reseg-513", "--split", "510..516", "--timeout", "300ms"])
    #expect(sweep.errors.hasPrefix("smtpprobe: 7 connections first, "))
    #expect(sweep.output.hasPrefix("FOUND: 513 fails; every value was tested\n"))
    #expect(sweep.output.contains("  510 to 516  ...X...  513\n"), "\(sweep.output)")
    #expect(sweep.output.contains("smtpprobe lab:reseg-513 --split 513 --timeout 300ms\n"))
    #expect(sweep.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
  }

  @Test("is rendered again from its file as it was, and ends as it did where asked to")
  func renderedAgain() async throws {
    let sweep = try await Binary.run(
      ["sweep", "lab:reseg-513", "--split", "511..514", "--timeout", "300ms", "--format", "json"])
    let file = try Scratch(Array(sweep.output.utf8))
    let json = try await Binary.run(["report", file.path, "--format", "json", "--exit-code"])
    #expect(json.output == sweep.output && json.status == 1)
    let text = try await Binary.run(["report", file.path])
    #expect(text.status == 0 && text.errors.isEmpty)
    #expect(text.output.hasPrefix("FOUND: 513 fails; every value was tested\n"))
    #expect(text.output.contains("smtpprobe lab:reseg-513 --split 513 --timeout 300ms\n"))
  }

  @Test("in which nothing failed holds no session to compare, and a catalogue is no report")
  func otherKinds() async throws {
    let sweep = try await Binary.run([
      "sweep", "lab:healthy", "--split", "1..2", "--format", "json",
    ])
    let file = try Scratch(Array(sweep.output.utf8))
    let compared = try await Binary.run(["compare", file.path, file.path])
    #expect(compared.status == 65 && compared.errors.contains("sessions are compared"))
    let explained = try await Binary.run(["explain", "A1", "--format", "json"])
    let other = try Scratch(Array(explained.output.utf8))
    let report = try await Binary.run(["report", other.path])
    #expect(report.status == 65 && report.output.isEmpty)
    #expect(report.errors.contains("\"catalogue\", where one of kind \"session\", \"domain\","))
  }

  @Test(
    "asks before it is a burden to another host, and for what it cannot do without",
    arguments: [
      (["192.0.2.1", "--message-size", "1..10"], "--yes"),
      (["192.0.2.1", "--envelope-size", "42..100000"], "--yes"),
      (["192.0.2.1", "--envelope-size", "42..80", "--max-connections", "101"], "--yes"),
      (["lab:healthy"], "exactly one"),
      (["lab:healthy", "--split", "1..9", "--envelope-size", "42..50"], "exactly one"),
      (["lab:healthy", "--split", "9..1"], "9..1"),
      (["lab:healthy", "--split", "1..9", "--expect", "ok"], "--expect"),
      (["lab:healthy", "--split", "1..9", "--jobs", "0"], "--jobs"),
      (["lab:healthy", "--split", "1..9", "--no-such-option"], "--no-such-option"),
      (["lab:healthy", "--envelope-size", "1..20"], "42"),
      (["lab:healthy-tls", "--clienthello-size", "1..90"], "the smallest has"),
      (["lab:healthy-tls", "--clienthello-size", "1..20000"], "the most is 16389"),
      (["lab:healthy-tls", "--clienthello-size", "1..600", "--tls", "off"], "--tls off"),
      (["--split", "1..9"], "target"),
    ] as [([String], String)])
  func refuses(arguments: [String], text: String) async throws {
    let sweep = try await Binary.run(["sweep"] + arguments)
    #expect(sweep.status == 64, "\(sweep.errors)")
    #expect(sweep.errors.contains(text), "\(sweep.errors)")
    #expect(sweep.output.isEmpty)
  }

  @Test("prints the values without a connection")
  func plan() async throws {
    let sweep = try await Binary.run(
      ["sweep", "192.0.2.1", "--envelope-size", "42..1100", "--plan"])
    #expect(sweep.status == 0)
    #expect(sweep.output.contains("no connection was opened"))
    #expect(sweep.output.contains(" 513 512 511 "), "\(sweep.output)")
  }
}

/// What a program that knows only the JSON finds in it.
private struct ToldSweep: Decodable {
  struct Row: Decodable {
    let value: Int
    let status: String?
    let custody: String?
    let tries: Int
    let failed: Int
  }

  struct Conclusion: Decodable { let kind: String }

  struct Failure: Decodable { let status: String }

  let kind: String
  let schema: Int
  let rows: [Row]
  let conclusion: Conclusion
  let firstFailure: Failure?

  private enum CodingKeys: String, CodingKey {
    case kind, rows, conclusion
    case schema = "schema_version"
    case firstFailure = "first_failure"
  }
}
