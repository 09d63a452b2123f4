import FoundationEssentials

/// What a program that knows only the JSON report finds in it.
struct ToldReport: Decodable {
  struct Verdict: Decodable {
    let status: String
    let stage: String
    let summary: String
    let custody: String?
    let exitCode: Int
    let ledger: Ledger

    private enum CodingKeys: String, CodingKey {
      case status, stage, summary, custody, ledger
      case exitCode = "exit_code"
    }
  }

  struct Ledger: Decodable {
    let written: Int
    let acknowledged: Int
    let answered: Int
  }

  struct Hazard: Decodable { let id: String }
  struct Violation: Decodable { let kind: String }

  let verdict: Verdict
  let hazards: [Hazard]
  let violations: [Violation]

  init(_ text: String) throws {
    self = try JSONDecoder().decode(ToldReport.self, from: Data(text.utf8))
  }
}
