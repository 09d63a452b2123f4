package import Diagnosis
package import SessionTrace

/// What a diagnosis came to, read from its JSON form: as much as a check of many diagnoses needs.
package struct DiagnosisDigest: Sendable, Equatable {
  /// A cause that was named, and how well it is founded.
  package struct Cause: Sendable, Equatable, Codable {
    /// Id of the catalogue entry.
    package var id: String
    package var grade: Grade

    package init(id: String, grade: Grade) {
      self.id = id
      self.grade = grade
    }
  }

  package var result: InvestigationConclusion.Result
  /// Those that are confirmed or consistent, the best founded first.
  package var causes: [Cause]
  /// How many sessions it took.
  package var sessions: Int
  package var duration: Microseconds

  package init(
    result: InvestigationConclusion.Result, causes: [Cause], sessions: Int, duration: Microseconds
  ) {
    self.result = result
    self.causes = causes
    self.sessions = sessions
    self.duration = duration
  }

  /// Reads a diagnosis of this version or an older one.
  package init(json bytes: [UInt8]) throws(SavedReportError) {
    self = try SavedFile(json: bytes, kinds: [DiagnosisReport.kind]).decode(DiagnosisDigest.self)
  }
}

extension DiagnosisDigest: Decodable {
  private enum CodingKeys: String, CodingKey {
    case result, causes, sessions
    case duration = "duration_us"
  }

  /// A session, of which nothing is read.
  private struct Session: Decodable {}

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    result = try container.decode(InvestigationConclusion.Result.self, forKey: .result)
    causes = try container.decode([Cause].self, forKey: .causes).filter { $0.grade <= .consistent }
    sessions = try container.decode([Session].self, forKey: .sessions).count
    duration = try container.decode(Microseconds.self, forKey: .duration)
  }
}
