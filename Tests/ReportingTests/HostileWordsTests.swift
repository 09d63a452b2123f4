import Diagnosis
import Reporting
import SessionTrace
import TestSupport
import Testing

/// What name servers, policies, certificates, lists and suites bring, in the hands of somebody who wants the
/// reader's terminal, page or CI system.
@Suite("Hostile words, wherever they come from")
struct HostileWordsTests {
  private static let words =
    hostileWords + [
      String(decoding: [0x6D, 0xFF, 0xFE, 0xC3], as: UTF8.self), "a\r\nb",
      "@everyone [x](javascript:0)",
      "\u{2066}admin\u{2069}", "::set-output name=a::b",
    ]

  /// A session with them in policies and their texts, in TXT and TLSA records, and in certificates.
  private static let session: SessionReport = {
    var session = Session("mx.example.com", arguments: ["smtpprobe", "mx:example.com"])
    session.connect()
    session.greet()
    session.trace.tlsPolicies = words.flatMap { word in
      [
        TLSPolicyRecord(
          kind: .sts, domain: word, host: word, strings: [word, "mx: \(word)"], mode: .enforce,
          matched: word, result: .stsPolicyInvalid, reason: word),
        TLSPolicyRecord(
          kind: .tlsa, domain: word, host: word, strings: ["3 1 1 \(word)"], security: .secure,
          matched: word, result: .tlsaInvalid, reason: word),
      ]
    }
    session.trace.failedLookups = words.map {
      FailedLookup(
        name: $0, type: $0, failure: SystemFailure(call: $0, name: $0, code: 2, text: $0),
        duration: 1)
    }
    session.trace.tls = TLSSummary(
      version: "TLS1.3", cipher: words[0], group: words[1], description: words[2],
      serverName: words[3], alpn: words[4], resumed: false,
      certificates: words.map {
        CertificateSummary(
          subject: "CN=\($0)", issuer: $0, notBefore: $0, notAfter: $0, names: [$0], key: $0,
          fingerprint: $0)
      }, verified: false, verificationProblems: words, clientHelloLength: 517)
    session.trace.notes = words
    session.trace.envelope = EnvelopeRecord(
      size: 9, sender: words[0], recipientCommands: 1, recipients: 1, padding: 0, pipelined: false)
    session.trace.envelope?.parts = PartsRecord(
      limits: words, recipients: [1], leftOver: 1, leftOverRecipients: words)
    let failure = TLSFailureRecord(name: words[0], text: words[1], alert: words[2])
    session.close(
      .tlsFailed(failure), at: .tls, duration: 158_000,
      ledger: Ledger(written: 9, sent: 9, acknowledged: 9, answered: 9, received: 900))
    let verdict = verdict(
      session.trace, .tlsFailed, .tls, exit: 53, words[1], error: words[0])
    return Sample("hostile policies", session.trace, verdict).report
  }()

  private static let domain = DomainReport(
    tool: session.tool, startedAt: "2026-11-21T10:02:11.204512Z", duration: 200_000,
    arguments: ["smtpprobe"] + words, given: words[0], seed: 1, habit: nil, isComplete: true,
    places: words.map {
      ReportedPlace(
        host: $0, preference: 10, address: $0, reason: $0, isWithoutAddress: true, session: nil)
    } + [
      ReportedPlace(
        host: words[1], preference: 10, address: "192.0.2.1", reason: nil, isWithoutAddress: false,
        session: session)
    ], notes: words)

  private static let suite = SuiteReport(
    tool: session.tool, startedAt: "2026-11-21T10:02:11.204512Z", duration: 200_000,
    arguments: ["smtpprobe", "check"] + words, suite: words[0],
    results: words.enumerated().map { index, word in
      SuiteResult(name: word, line: index + 1, report: session, arguments: ["smtpprobe", word])
    }, missing: 1)

  private static let documents: [any Document & Sendable] = [session, domain, suite]

  @Test("stay words in every format of every kind", arguments: documents.indices)
  func stayWords(index: Int) async throws {
    let document = Self.documents[index]
    for format in ReportFormat.all(of: type(of: document).kind) {
      guard let bytes = format.document(document), format != .pcapng else { continue }
      let isJSON = format == .json || format == .trace
      let isAllowed = { (byte: UInt8) in
        byte == 0x0A || (isJSON ? byte >= 0x20 : (0x20...0x7E).contains(byte))
      }
      #expect(bytes.allSatisfy(isAllowed), "\(format)")
      let text = String(decoding: bytes, as: UTF8.self)
      for line in text.split(separator: "\n") {
        #expect(!line.drop { $0 == " " }.hasPrefix("::"), "\(format): \(line)")
        #expect(isJSON || !line.contains("##["), "\(format): \(line)")
      }
      switch format {
      case .html: #expect(!text.contains("<script") && !text.contains("-->"))
      case .markdown: expectSafe(markdown: bytes)
      case .junit:
        let cases = document.blocks.map { if case .cases(_, let all) = $0 { all.count } else { 0 } }
        try await expectWellFormed(xml: bytes, cases: cases.reduce(0, +))
      default: break
      }
    }
    if let line = GitHubAnnotation.line(for: document) {
      #expect(line.split(separator: "\n", omittingEmptySubsequences: false).count == 2)
      #expect(line.utf8.allSatisfy { $0 == 0x0A || (0x20...0x7E).contains($0) })
    }
  }

  @Test("are code in the title of a page")
  func title() throws {
    let given = Self.domain.given
    let markdown = String(
      decoding: ReportFormat.markdown.document(Self.domain) ?? [], as: UTF8.self)
    #expect(markdown.hasPrefix("# Every place of `\(printable(given))`\n"), "\(markdown)")
    let html = String(decoding: ReportFormat.html.document(Self.session) ?? [], as: UTF8.self)
    #expect(html.contains("LIMITS: <code>"))
  }

  /// Another program's parser takes it, and finds each case.
  private func expectWellFormed(xml: [UInt8], cases: Int) async throws {
    let parser = """
      import sys
      from xml.dom.minidom import parse
      print(len(parse(sys.stdin.buffer).getElementsByTagName("testcase")))
      """
    let parsed = try await ChildProcess.run(["python3", "-c", parser], input: xml)
    #expect(parsed.status == 0, "\(parsed.errors)")
    #expect(cases > 0 && parsed.output == "\(cases)\n")
  }

  @Test("of a scan's list stay in their line", arguments: words)
  func scan(word: String) throws {
    let place = ScanPlace(
      plan: word, shard: try #require(Shard("1/1")), targets: 1, number: 1, line: 1)
    let line = ScanResult(
      .session(.unreachable), word, target: word, tag: nil, place: place
    ).line
    #expect(line.count { $0 < 0x20 } == 1 && line.last == 0x0A)
    let value = try JSONValue(line.dropLast())
    #expect(value["target"]?.text == word && value["status"]?.text == "unreachable")
  }
}
