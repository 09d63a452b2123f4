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

  @Test(
    "a nudge shows whether anybody is there, and changes nothing else",
    arguments: [
      // Behind the box that swallowed the envelope the server is well.
      (["lab:reseg-513", "--split", "513"], "250 2.0.0 Ok\\r\\n", true, nil),
      (["lab:reseg-513-hung-server", "--split", "513"], "", true, nil),
      (["lab:silent-at-rcpt"], "", true, nil),
      (["lab:nat-forgets-reset", "--pipelining", "off"], "", false, "ECONNRESET"),
      (["lab:nat-forgets-silent", "--pipelining", "off"], "", false, nil),
    ] as [([String], String, Bool, String?)])
  func nudge(_ arguments: [String], text: String, isAcknowledged: Bool, failure: String?)
    async throws
  {
    let arguments = arguments + ["--timeout", "1500ms"]
    let plain = try await Self.report(arguments)
    let nudged = try await Self.report(arguments + ["--nudge"])
    let nudge = try #require(nudged.trace.nudge)
    #expect(nudge.text == text)
    #expect(nudge.receivedBytes == (text.isEmpty ? 0 : 14))
    #expect((nudge.acknowledged != nil) == isAcknowledged)
    #expect(nudge.failure?.name == failure)
    #expect(plain.trace.nudge == nil && nudged.trace.hops == nil)
    #expect(nudged.verdict.status == .stalled && plain.verdict.status == .stalled)
    #expect(nudged.verdict.stage == plain.verdict.stage)
    #expect(nudged.verdict.custody == plain.verdict.custody)
    #expect(nudged.verdict.ledger == plain.verdict.ledger)
    #expect(nudged.verdict.exitCode == plain.verdict.exitCode)
    #expect(nudged.verdict.pending == plain.verdict.pending)
  }

  @Test("a nudge goes through TLS where there is TLS")
  func nudgeThroughTLS() async throws {
    let file = try OwnFixture(
      """
      Mine

      Source: me.

      Server:
          implicit TLS

      Fault:
          C: MAIL
          S: (say nothing)

      Run: --tls implicit --timeout 1s
          stalled@mail
      """)
    let report = try await Self.report(
      [
        "lab:\(file.path)", "--tls", "implicit", "--pipelining", "off", "--timeout", "1s",
        "--nudge",
      ])
    #expect(report.verdict.stage == .mail && report.verdict.status == .stalled)
    let nudge = try #require(report.trace.nudge)
    #expect(nudge.text == "250 2.0.0 Ok\\r\\n")
    #expect(nudge.receivedBytes > 14)
  }

  @Test(
    "who acknowledges is found by distance: a proxy one hop away, or the server two hops away",
    arguments: [
      (["lab:transparent-proxy"], HopReading.inFront),
      (["lab:transparent-proxy", "--message-size", "2000"], .inFront),
      (["lab:transparent-proxy-silent", "--timeout", "1s"], .inFront),
      (["lab:transparent-proxy", "--no-fault"], .notFound),
      (["lab:transparent-proxy", "--no-fault", "--message-size", "2000"], .notFound),
      (["lab:transparent-proxy", "--no-fault", "-6"], .notFound), (["lab:lossy"], .notFound),
      (["lab:healthy"], .notFound), (["lab:healthy-starttls"], .notFound),
      (["lab:silent-at-mail", "--timeout", "1s"], .notFound),
      (["lab:rst-at-mail"], .unknown),
    ])
  func hops(_ arguments: [String], reading: HopReading) async throws {
    let plain = try await Self.report(arguments)
    let report = try await Self.report(arguments + ["--hops"])
    let hops = try #require(report.trace.hops)
    #expect(hops.reading == reading)
    let isFar = arguments[0].contains("proxy") || arguments[0].contains("lossy")
    #expect(hops.pathHops == (isFar ? 2 : 1))
    #expect(hops.reporters.map(\.ttl) == (isFar ? [1, 2] : [1]))
    switch reading {
    case .inFront: #expect(hops.acknowledgedAtTTL == 1)
    case .notFound: #expect(hops.acknowledgedAtTTL == hops.pathHops)
    case .unknown: #expect(hops.acknowledgedAtTTL == nil && hops.greatestTTL == nil)
    }
    #expect(report.verdict.status == plain.verdict.status)
    #expect(report.verdict.stage == plain.verdict.stage)
    #expect(report.verdict.custody == plain.verdict.custody)
    #expect(report.trace.replies.map(\.code) == plain.trace.replies.map(\.code))
  }

  @Test("a path on which nobody answers stays unknown, and accuses nobody")
  func silentPath() async throws {
    let file = try OwnFixture(
      """
      Mine

      Source: me.

      Network:
          router sends no ICMP
          server nft "udp dport 33434-33500 drop" on input

      Run: --timeout 5s
          ok@data
      """)
    let report = try await Self.report(["lab:\(file.path)", "--hops", "--timeout", "5s"])
    let hops = try #require(report.trace.hops)
    #expect(hops.pathHops == nil && hops.reporters.isEmpty)
    #expect(hops.acknowledgedAtTTL == 2)
    #expect(hops.reading == .unknown)
    #expect(report.verdict.status == .ok)
  }

  /// The report of a session with these arguments.
  private static func report(_ arguments: [String]) async throws -> SavedReport {
    let outcome = try await Binary.run(arguments + ["--format", "json"])
    return try #require(
      try? SavedReport(json: Array(outcome.output.utf8)), "no report: \(outcome.errors)")
  }
}
