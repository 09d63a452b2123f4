package import Reporting

/// The matrix: a line a run, then what went wrong in full, then the sum.
///
/// ```
///         run                         wanted        told          time
/// ok      segmentation/reseg-513/512  ok@data       ok@data       0.04 s
/// FAIL    segmentation/reseg-513/513  stalled@mail  ok@data       0.05 s
/// ```
extension CheckReport: Document {
  package static let kind = DocumentKind.labCheck

  package var blocks: [Block] {
    let columns = ["", "run", "wanted", "told", "time"].map { Table.Column(title: $0) }
    let problems = results.filter { $0.outcome != .asWanted }.map { result in
      Block.entry(
        Entry(
          title: "\(result.outcome.mark)  \(result.id)", tone: result.outcome.tone,
          lines: result.details))
    }
    let end = Entry(title: sum, tone: isAsWanted ? .good : .bad)
    return [
      .heading(.document, "Lab check"),
      .only(.page, [.prose("**\(sum).**")]),
      .table(Table(columns: columns, rows: results.map(\.row), isIndented: false)),
      .only(.terminal, problems + [.entry(end)]),
      .cases(name: "smtpprobe lab check", results.map(\.testCase)),
    ]
  }

  /// `OK 836 runs: 836 as wanted, ...`.
  package var digest: [String] { ["\(isAsWanted ? "OK" : "FAIL") \(sum)"] }

  private var sum: String {
    let counts: [(CheckOutcome, one: String, many: String)] = [
      (.asWanted, "as wanted", "as wanted"), (.mismatch, "mismatch", "mismatches"),
      (.knownFailure, "known failure", "known failures"),
      (.surprisePass, "surprise pass", "surprise passes"),
    ]
    let parts = counts.map { outcome, one, many in
      let count = count(outcome)
      return "\(count) \(count == 1 ? one : many)"
    }
    let missing = self.missing == 0 ? "" : ", \(self.missing) not played"
    let runs = results.count + self.missing
    return "\(runs) run\(runs == 1 ? "" : "s"): \(parts.joined(separator: ", "))\(missing); "
      + secondsText(duration)
  }
}

extension CheckResult {
  fileprivate var row: Table.Row {
    Table.Row(
      cells: [outcome.mark, id, wanted, told ?? "(not played)", secondsText(duration)],
      tone: outcome.tone)
  }

  /// Why a run is not simply as wanted, a line each.
  fileprivate var details: [String] {
    let known: [String] =
      switch outcome {
      case .asWanted, .mismatch: []
      case .knownFailure: ["known: \(knownReason ?? "")"]
      case .surprisePass:
        ["comes out as wanted, but is on the list of known failures: \(knownReason ?? "")"]
      }
    let summary = self.summary.isEmpty ? [] : ["told: \(self.summary)"]
    return known + complaints + summary + ["alone: \(command)"]
  }

  /// A known failure is skipped with its reason, a surprise pass fails, and a run that could not be
  /// played is an error.
  fileprivate var testCase: TestCase {
    let verdict: TestCase.Verdict? =
      switch outcome {
      case .asWanted: nil
      case .mismatch: told == nil ? .error : .failure
      case .knownFailure: .skipped
      case .surprisePass: .failure
      }
    return TestCase(
      suite: fixture, name: run, duration: duration, verdict: verdict, details: details)
  }
}

extension CheckOutcome {
  fileprivate var tone: Tone {
    switch self {
    case .asWanted: .plain
    case .mismatch, .surprisePass: .bad
    case .knownFailure: .warning
    }
  }
}
