import TestSupport
import Testing

@Suite("smtpprobe explain")
struct ExplainTests {
  @Test(
    "finds what was meant",
    arguments: [
      (["explain"], "I7 multi-mx-partial"), (["explain", "--list"], "A1 reseg-boundary-loss"),
      (["explain", "A1"], "What tells it apart"),
      (["explain", "reseg-boundary-loss", "--host", "mx.example.com"], "= mx.example.com"),
      (["explain", "fast", "open", "conntrack"], "hosts_try_fastopen"),
      (["explain", "--family", "b"], "B3 server-side-nagle"),
      (["explain", "pipelining", "--family", "H"], "H8"),
      (["explain", "reply-bare-lf"], "F4 bare-lf"), (["explain", "oauth"], "submission-port"),
      (["explain", "attachment"], "message-too-large: The server says that"),
      (["explain", "connection", "refused"], "connection-refused: The address answers"),
      (["explain", "A1", "--format", "json"], "\"kind\" : \"catalogue\""),
      (["explain", "A1", "--format", "markdown"], "# Known causes"),
    ])
  func finds(_ arguments: [String], text: String) async throws {
    let outcome = try await Binary.run(arguments)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains(text), "\(outcome.output)")
  }

  @Test(
    "says what may have been meant, and ends with 64",
    arguments: [
      (["explain", "reseg-bondary"], "reseg-boundary-loss"), (["explain", "xyzzy"], "--list"),
      (["explain", "nagle", "--family", "I"], "nagle-delayed-ack"),
      (["explain", "--family", "Z"], "Z"),
      (["explain", "Nov 20 03:14:07 mail x[1]: what nobody knows"], "log line is not known"),
    ])
  func suggests(_ arguments: [String], text: String) async throws {
    let outcome = try await Binary.run(arguments)
    #expect(outcome.status == 64)
    #expect(outcome.errors.contains(text), "\(outcome.errors)")
    #expect(outcome.output.isEmpty)
  }

  /// The line of the fourth story: what was found there stands first.
  @Test("reads a line of a log, and says what may be behind it and what shows it")
  func readsLogLine() async throws {
    let line = "SMTP timeout after sending data block (199774 bytes written)"
    let outcome = try await Binary.run(["explain", line])
    #expect(outcome.status == 0, "\(outcome.errors)")
    let titles = outcome.output.split(separator: "\n").filter {
      $0.contains("-") && $0.contains(": ")
    }
    #expect(outcome.output.hasPrefix("STALLED at body: "))
    #expect(titles.first { $0.hasPrefix("P") }?.hasPrefix("P1 tfo-conntrack-wscale-reset") == true)
    let command = "smtpprobe HOST --fast-open cookie --message-size 199774"
    #expect(outcome.output.contains("\n\(command)\n"), "\(outcome.output)")
  }
}
