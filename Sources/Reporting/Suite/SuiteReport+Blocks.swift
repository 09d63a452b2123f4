import Diagnosis
import SessionTrace

/// A line a case, then what did not come as expected in full, then the sum.
///
/// ```
///       case                 expected      told          time
/// ok    the 513-byte wall    stalled@mail  stalled@mail  1.02 s
/// FAIL  mx2.example.com      ok            stalled@mail  30.1 s
/// ```
extension SuiteReport: Document {
  package static let kind = DocumentKind.suite

  package var blocks: [Block] {
    let columns = ["", "case", "expected", "told", "time"].map { Table.Column(title: $0) }
    let failed = results.filter { $0.exitCode != 0 }
    let problems = failed.map { result in
      Block.entry(
        Entry(
          title: "\(result.mark)  \(result.name) (\(suite):\(result.line))", tone: result.tone,
          lines: result.details, command: ShellCommand(words: result.arguments)))
    }
    let end = Entry(
      title: "\(sum); exit status \(exitCode)", tone: isAsExpected ? .good : .bad)
    return [
      .heading(.document, "Suite of sessions"),
      .only(.page, [.prose(isAsExpected ? "**All as expected.**" : "**Not all as expected.**")]),
      .table(Table(columns: columns, rows: results.map(\.row), isIndented: false)),
    ] + problems + [.entry(end)] + nextSteps(failed)
      + [.cases(name: "smtpprobe check", results.map { $0.testCase(of: suite) })]
  }

  /// `FAIL 3 cases: 2 as expected, 1 not; 31.2 s: suite.jsonl`.
  package var digest: [String] { ["\(isAsExpected ? "OK" : "FAIL") \(sum): \(suite)"] }

  private var sum: String {
    let well = results.count { $0.exitCode == 0 }
    let parts = [
      "\(well) as expected", well < results.count ? "\(results.count - well) not" : nil,
      missing > 0 ? "\(missing) not played" : nil,
    ]
    return "\(count(results.count + missing, "case")): "
      + "\(parts.compactMap(\.self).joined(separator: ", ")); \(durationText(duration))"
  }

  /// Why the first few fail that were to go well.
  private func nextSteps(_ failed: [SuiteResult]) -> [Block] {
    let open = failed.filter { $0.verdict != nil && ($0.expected ?? "ok").hasPrefix("ok") }
    return Block.nextSteps(
      open.prefix(3).map { result in
        .diagnosis(
          of: ShellCommand(words: result.arguments), because: "What is the matter: \(result.name)")
      })
  }
}

extension SuiteResult {
  fileprivate var mark: String { exitCode == 0 ? "ok" : verdict == nil ? "ERROR" : "FAIL" }

  fileprivate var tone: Tone { exitCode == 0 ? .plain : .bad }

  fileprivate var row: Table.Row {
    Table.Row(
      cells: [mark, name, expected ?? "ok", told ?? "(not had)", durationText(duration)],
      tone: tone)
  }

  /// Why it is not simply as expected, a line each.
  fileprivate var details: [String] {
    guard exitCode != 0 else { return [] }
    guard let verdict, let told else { return [summary] }
    let custody = verdict.custody.map { "custody: \($0.rawValue)" }
    return ["\(told), where \(expected ?? "ok") was expected: \(summary)", custody]
      .compactMap(\.self)
  }

  fileprivate func testCase(of suite: String) -> TestCase {
    TestCase(
      suite: suite, name: name, duration: duration,
      verdict: exitCode == 0 ? nil : verdict == nil ? .error : .failure,
      details: details + (exitCode == 0 ? [] : ["alone: \(ShellCommand(words: arguments).line)"]))
  }
}
