import FoundationEssentials

/// What a program that knows only the JSON report finds in it.
struct ToldReport: Decodable {
  struct Verdict: Decodable {
    let status: String
    let stage: String
    let summary: String
    let exitCode: Int

    private enum CodingKeys: String, CodingKey {
      case status, stage, summary
      case exitCode = "exit_code"
    }
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
