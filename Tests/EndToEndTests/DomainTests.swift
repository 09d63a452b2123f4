import TestSupport
import Testing

/// `--all` before the lab's domains.
@Suite("smtpprobe mx:domain --all")
struct DomainTests {
  @Test(
    "shows one bad exchanger among good ones as such, and ends as it does",
    arguments: [
      ("refuses", 20, "unreachable@connect"), ("no-address", 20, "unreachable@resolve"),
      ("421", 41, "deferred@banner"), ("silent", 11, "stalled@banner"),
    ])
  func oneOfTwo(name: String, status: Int32, outcome: String) async throws {
    let words = ["lab:multi-mx-partial-\(name)", "--all", "--timeout", "500ms"]
    let run = try await Binary.run(words)
    #expect(run.status == status, "\(run.errors)")
    #expect(run.output.hasPrefix("1 OF 2 "), "\(run.output)")
    #expect(run.output.contains(outcome))
    #expect(run.output.contains("ok@data"))
    let asMTA = try await Binary.run(words + ["--as-mta", "postfix"])
    #expect(asMTA.status == 0, "\(asMTA.output)")
  }

  @Test("is one table of all, in every form, and reads back")
  func forms() async throws {
    let file = try Scratch([])
    let words = ["lab:multi-mx-partial-refuses", "--all", "--timeout", "500ms"]
    let run = try await Binary.run(words + ["--redact", "none", "-o", "json:\(file.path)"])
    let again = try await Binary.run(["report", file.path, "--exit-code"])
    #expect(again.status == 20, "\(again.errors)")
    #expect(again.output == run.output)
    for format in ["markdown", "html", "junit", "tap", "nagios", "prometheus", "json"] {
      let form = try await Binary.run(words + ["--format", format])
      #expect(form.output.contains("mx1.example.test"), "\(format): \(form.output) \(form.errors)")
    }
  }

  @Test(
    "is refused where it makes no sense, with the reason",
    arguments: [
      (["unix:/run/socket", "--all"], "a socket is one place"),
      (["mx:example.invalid", "--all", "--message-size", "100"], "say --yes"),
      (["lab:healthy", "--seed", "3"], "goes with --all"),
      (["lab:healthy", "--all", "--as-mta", "qmail"], "rfc5321, postfix, exim"),
      (["sweep", "lab:healthy", "--envelope-size", "1..5", "--all"], "--all"),
    ])
  func refused(words: [String], text: String) async throws {
    let run = try await Binary.run(words)
    #expect(run.status == 64)
    #expect(run.errors.contains(text), "\(run.errors)")
  }
}
