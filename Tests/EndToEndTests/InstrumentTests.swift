import Diagnosis
import Reporting
import SessionTrace
import TestSupport
import Testing

/// Options that change what the network sees, and what the network then does.
@Suite("Instruments")
struct InstrumentTests {
  @Test(
    "keepalive holds open what a NAT would forget",
    arguments: [([], SessionStatus.stalled), (["--keepalive", "1"], .ok)])
  func keepalive(_ options: [String], status: SessionStatus) async throws {
    let file = try OwnFixture(
      """
      Mine

      Source: me.

      Server:
          C: RCPT
          S: (pause 4s, as usual)

      Network fault:
          path drops packets after 2s of silence

      Run: --pipelining off --timeout 6s
          stalled@rcpt
      """)
    let report = try await Self.report(
      ["lab:\(file.path)", "--pipelining", "off", "--timeout", "6s"] + options)
    #expect(report.verdict.status == status)
    #expect(report.trace.options["keepalive"] == (options.isEmpty ? OptionValue.none : .number(1)))
  }

  @Test("the ClientHello has the size that was asked for, on the wire and in the report")
  func helloSize() async throws {
    for size in [240, 255, 256, 511, 512, 513, 1_449, 16_395] {
      let report = try await Self.report(
        ["lab:healthy-starttls", "--clienthello-size", "\(size)", "--timeout", "20s"])
      #expect(report.verdict.status == .ok)
      #expect(report.trace.tls?.clientHelloLength == size)
      let hello = try #require(
        report.trace.commands.first { $0.text == "(TLS ClientHello)" })
      #expect(hello.end - hello.start == size)
      let segment = report.trace.segments.kept.first { $0.offset == hello.start }
      #expect(segment?.length == size)
      #expect(report.trace.notes.isEmpty == (size > 450))
    }
  }

  /// The report of a session with these arguments.
  private static func report(_ arguments: [String]) async throws -> SavedReport {
    let outcome = try await Binary.run(arguments + ["--format", "json"])
    return try #require(
      try? SavedReport(json: Array(outcome.output.utf8)), "no report: \(outcome.errors)")
  }
}
