import Diagnosis
@testable import Reporting
import SessionTrace

extension FuzzTarget {
  /// Saved reports: one that is read can be written in every form; one that is not has a reason.
  static let saved = FuzzTarget(name: "saved") { input in
    do throws(SavedReportError) {
      switch try SavedDocument(json: input) {
      case .session(let saved): write(saved.report)
      case .domain(let report): write(report)
      case .sweep(let report): write(report)
      case .diagnosis(let report): write(report)
      case .suite(let report): write(report)
      }
    } catch {
      require(isPlain(error.description.utf8), "\(error)")
    }
  }

  /// Words of a server, in every place of a document where such words can stand.
  static let formats = FuzzTarget(name: "formats") { input in
    let pieces = input.split(separator: 0xFF, omittingEmptySubsequences: false)
    let words = pieces.map { String(decoding: $0, as: UTF8.self) }
    write(HostileRuns(words: words))
    write(HostileSweep(words: words))
    let session = hostileSession(words, escaped: pieces.map { escapedText($0) })
    write(session)
    write(hostileDomain(words, session))
    write(hostileSuite(words, session))
  }

  /// Writes a document in each form that it has, and holds each to the alphabet of its sink.
  private static func write(_ document: some Document) {
    for format in ReportFormat.all {
      // A capture is no text; a form without a place for a document is never offered for it.
      guard !format.isBinary, let bytes = format.document(document), !bytes.isEmpty else {
        continue
      }
      require(bytes.last == 0x0A, "\(format) that ends in the middle of a line")
      switch format.name {
      case ReportFormat.json.name, ReportFormat.trace.name:
        require(bytes.allSatisfy { $0 == 0x0A || $0 >= 0x20 }, "a control byte in JSON")
        require(jsonEnds(bytes), "half a JSON document")
      case ReportFormat.csv.name:
        require(
          bytes.allSatisfy { $0 == 0x0D || $0 == 0x0A || $0 >= 0x20 }, "a control byte in CSV")
      default:
        require(isPlain(bytes), "\(format): \(String(decoding: bytes, as: UTF8.self))")
        for line in bytes.split(separator: 0x0A) { checkCommands(in: line) }
      }
    }
  }

  /// No line is what a CI system takes for a command.
  private static func checkCommands(in line: ArraySlice<UInt8>) {
    let text = line.drop { $0 == 0x20 }
    let isLetter = { (byte: UInt8) in (0x61...0x7A).contains(byte | 0x20) }
    require(
      !(text.starts(with: "::".utf8) && text.dropFirst(2).first.map(isLetter) == true),
      String(decoding: line, as: UTF8.self))
    for place in line.indices.dropLast(2)
    where line[place] == 0x23 && line[place + 1] == 0x23 {
      let rest = line[(place + 2)...].drop(while: isLetter)
      require(rest.first != 0x5B, String(decoding: line, as: UTF8.self))
    }
  }

  /// Whether quotes and brackets are closed at the end.
  private static func jsonEnds(_ bytes: [UInt8]) -> Bool {
    var depth = 0
    var isQuoted = false
    var isEscaped = false
    for byte in bytes {
      if isEscaped {
        isEscaped = false
      } else if isQuoted {
        if byte == 0x5C { isEscaped = true }
        if byte == 0x22 { isQuoted = false }
      } else {
        switch byte {
        case 0x22: isQuoted = true
        case 0x7B, 0x5B: depth += 1
        case 0x7D, 0x5D: depth -= 1
        default: break
        }
      }
    }
    return depth == 0 && !isQuoted
  }

  /// A session whose words are all somebody else's: as the probe writes them, and as a foreign file has them.
  private static func hostileSession(_ words: [String], escaped: [String]) -> SessionReport {
    let word = { (place: Int) in words[place % words.count] }
    var trace = Trace(
      startedAt: word(0), arguments: ["smtpprobe"] + words,
      target: TargetRecord(given: word(1), host: word(2), port: 25))
    trace.target.address = word(3)
    trace.options = ["ehlo": .text(word(1)), "split": .text(word(2)), "tls": .text("auto")]
    trace.capabilities = escaped
    trace.notes = words
    for (index, line) in words.enumerated() {
      trace.commands.append(
        CommandRecord(
          stage: .mail, text: line, start: index * 10, end: index * 10 + 10, flight: index,
          written: Microseconds(index)))
      trace.replies.append(
        ReplyRecord(
          command: line, stage: .mail, code: 550, enhanced: word(index + 1), lines: words + escaped,
          reads: [10], firstRead: index, gaps: [], cuts: words, at: Microseconds(index), wait: 1,
          wasDue: index == 0))
    }
    trace.violations = [
      Violation(kind: .nulInReply, stage: .mail, at: 0, bytes: word(0), isFatal: true)
    ]
    trace.tlsPolicies = words.map {
      TLSPolicyRecord(
        kind: .sts, domain: $0, host: $0, strings: words, mode: .enforce, matched: $0,
        result: .stsPolicyInvalid, reason: $0)
    }
    let certificate = CertificateSummary(
      subject: word(0), issuer: word(1), notBefore: word(2), notAfter: word(3), names: words,
      key: word(4), fingerprint: word(5))
    trace.tls = TLSSummary(
      version: word(0), cipher: word(1), group: word(2), description: word(3), serverName: word(4),
      alpn: word(5), resumed: false, certificates: [certificate], verified: false,
      verificationProblems: words, clientHelloLength: 517)
    trace.ending = .tlsFailed(
      TLSFailureRecord(name: word(0), text: word(1), alert: word(2), firstBytes: word(3)))
    trace.endingStage = .tls
    let verdict = Diagnosis.verdict(of: trace)
    return SessionReport(
      tool: ToolRecord(environment: trace.environment), trace: trace, verdict: verdict)
  }

  /// Exchangers that a name server calls so.
  private static func hostileDomain(_ words: [String], _ session: SessionReport) -> DomainReport {
    let places = words.map {
      ReportedPlace(
        host: $0, preference: 10, address: $0, reason: $0, isWithoutAddress: true, session: nil)
    }
    let met = ReportedPlace(
      host: words[0], preference: nil, address: words[0], reason: nil, isWithoutAddress: false,
      session: session)
    return DomainReport(
      tool: session.tool, startedAt: words[0], duration: 1, arguments: words, given: words[0],
      seed: 1, habit: nil, isComplete: true, places: places + [met], notes: words)
  }

  /// Cases that a file calls so.
  private static func hostileSuite(_ words: [String], _ session: SessionReport) -> SuiteReport {
    SuiteReport(
      tool: session.tool, startedAt: words[0], duration: 1, arguments: words, suite: words[0],
      results: words.enumerated().map { index, word in
        SuiteResult(name: word, line: index + 1, report: session, arguments: words)
      }, missing: 0)
  }
}

/// Runs for programs that count failures, named by anybody.
private struct HostileRuns: Document {
  static let kind = DocumentKind.confusion
  let words: [String]

  var digest: [String] { words.map { "TOLD \($0)" } }

  var blocks: [Block] {
    let word = { (place: Int) in words[place % words.count] }
    let cases = words.indices.map { index in
      TestCase(
        suite: word(index), name: word(index + 1), duration: 1_000,
        verdict: [nil, .failure, .error, .skipped][index % 4], details: words)
    }
    return [
      .answer(Answer(title: "RUNS", text: word(0), tone: .plain)),
      .cases(name: word(0), cases),
      .list(words.map { ListItem(text: $0, body: [.paragraph(Paragraph(text: $0))]) }),
      .table(
        Table(
          columns: [.init(title: "who"), .init(title: "what", width: 20)],
          rows: words.map { .init(cells: [$0, $0]) })),
      .entry(Entry(title: word(0), lines: words)),
      .fields(words.map { Field(label: "told", value: $0) }),
      .only(.page, [.facts(words.map { Field(label: "told", value: $0) })]),
      .command(ShellCommand(words: words)), .script(ShellCommand(words: words)),
    ]
  }

  func encode(to encoder: any Encoder) throws { try words.encode(to: encoder) }
}

/// Values of a sweep with such words for what came of them.
private struct HostileSweep: Document {
  static let kind = DocumentKind.sweep
  let words: [String]

  var digest: [String] { words.map { "FOUND \($0)" } }

  var blocks: [Block] {
    let marks = words.enumerated().map { index, word in
      StripMark(value: index, result: .fails, outcome: word, tries: 1, failed: 1)
    }
    return [.strip(marks)]
  }

  func encode(to encoder: any Encoder) throws { try words.encode(to: encoder) }
}
