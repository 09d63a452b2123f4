import Diagnosis
import Lab
import Reporting
import SessionTrace

@testable import LabCheck

/// Runs to choose from, and results of them.
enum Samples {
  /// `family/first`, `family/first-more` and `other/first-again`, each with the runs `a` and `ab`.
  static let cases: [CheckCase] =
    ["family/first", "family/first-more", "other/first-again"].flatMap { id in
      fixture(id, options: "--timeout 1s").map { CheckCase.all(of: $0) } ?? []
    }

  /// A fixture with the runs `a` and `ab`; `nil` if the text below is none any more.
  static func fixture(_ id: String, options: String) -> Fixture? {
    let text = """
      A sample

      Source: nobody.

      Shows: nothing

      Run a: \(options)
          stalled@mail
      Control ab: \(options)
          ok@data
      """
    return try? parseFixtures(path: id + ".smtp", text: text).first
  }

  /// A result for each way in which a run can count, a hostile text among them.
  static let results: [CheckResult] = [
    result(0, told: "stalled@mail", summary: "no reply to MAIL FROM", duration: 1_004_321),
    result(
      1, told: "closed@dot",
      complaints: ["wanted ok@data, told closed@dot", "wanted exit 0, told 28"],
      summary: hostile, duration: 20_000),
    result(2, complaints: ["cannot be played: Unknown option '--x'"]),
    result(
      3, told: "reset@mail", complaints: ["wanted ok@data, told reset@mail"],
      summary: "reset at MAIL", duration: 999_999, knownReason: "the kernel <5.10 & \"older\""),
    result(
      4, told: "stalled@mail", summary: "no reply to MAIL FROM", duration: 61_000_000,
      knownReason: "not yet"),
  ]

  /// What the renderers must bear although no verdict lets it through.
  static let hostile = "]]><a b='c'>&amp;\u{1B}[31m\u{0}\u{202E}\u{FFFE}\u{85}\r\n\t\u{1F4A3}"

  static func result(
    _ index: Int, told: String? = nil, complaints: [String] = [], summary: String = "",
    duration: Microseconds = 0, knownReason: String? = nil
  ) -> CheckResult {
    CheckResult(
      cases[index], told: told, complaints: complaints, summary: summary, duration: duration,
      knownReason: knownReason)
  }

  /// A diagnosis in short: `A1! E2` confirms A1 and calls E2 consistent, `-noCause` names nothing.
  static func digest(_ words: String) -> DiagnosisResult {
    let results = InvestigationConclusion.Result.allCases
    let result = results.first { "-\($0)" == words }
    let causes = words.split(separator: " ").filter { result == nil && !$0.isEmpty }.map { word in
      let name = String(word.prefix { $0 != "!" })
      return DiagnosisResult.Cause(
        id: Catalogue.cause(named: name)?.id ?? CauseID(rawValue: name),
        grade: word.last == "!" ? .confirmed : .consistent)
    }
    return DiagnosisResult(
      result: result ?? .causeFound, causes: causes, sessions: 7, duration: 1_500_000)
  }

  /// The diagnosis of a failing run; `nil` for none.
  static func diagnosed(_ index: Int, shows: [CauseID], _ words: String?) -> ConfusionResult {
    var result = ConfusionResult(
      cases[index], told: words.map(digest), complaint: words == nil ? "no report came" : "")
    result.truth = ConfusionTruth(course: .failing, shows: shows)
    return result
  }

  static func report(_ results: [CheckResult], missing: Int = 0) -> CheckReport {
    CheckReport(version: "1.2.3", results: results, missing: missing, duration: 2_345_678)
  }
}
