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
      (["explain", "reply-bare-lf"], "F4 bare-lf"),
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
    ])
  func suggests(_ arguments: [String], text: String) async throws {
    let outcome = try await Binary.run(arguments)
    #expect(outcome.status == 64)
    #expect(outcome.errors.contains(text), "\(outcome.errors)")
    #expect(outcome.output.isEmpty)
  }
}
