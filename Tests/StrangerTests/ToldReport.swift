import FoundationEssentials

/// What a program that knows only the JSON report finds in it.
struct ToldReport: Decodable {
  struct Verdict: Decodable {
    let status: String
    let stage: String
    let summary: String
    let exitCode: Int
    let ledger: Ledger

    private enum CodingKeys: String, CodingKey {
      case status, stage, summary, ledger
      case exitCode = "exit_code"
    }
  }

  struct Ledger: Decodable {
    let written: Int
    let sent: Int
    let acknowledged: Int
    let answered: Int

    var isInOrder: Bool { answered <= acknowledged && acknowledged <= sent && sent <= written }
  }

  struct Segment: Decodable {
    let asPlanned: Bool?

    private enum CodingKeys: String, CodingKey {
      case asPlanned = "as_planned"
    }
  }

  struct Hazard: Decodable { let id: String }
  struct Violation: Decodable { let kind: String }

  let verdict: Verdict
  let hazards: [Hazard]
  let violations: [Violation]
  let segments: [Segment]

  init(_ text: String) throws {
    self = try JSONDecoder().decode(ToldReport.self, from: Data(text.utf8))
  }
}
