package import Diagnosis
import Reporting
package import SessionTrace

/// What a diagnosis came to, as much as is held against the truth.
package struct DiagnosisResult: Sendable, Equatable {
  /// A cause that was named, and how well it is founded.
  package struct Cause: Sendable, Equatable, Encodable {
    /// The cause, or the remark in its place.
    package var id: CauseID
    package var grade: Grade

    package init(id: CauseID, grade: Grade) {
      self.id = id
      self.grade = grade
    }
  }

  package var result: InvestigationConclusion.Result
  /// Those that are confirmed or consistent, of each failure in turn, the best founded first.
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

  /// Reads the JSON form of a diagnosis; `nil` when it is none.
  init?(json bytes: [UInt8]) {
    guard case .diagnosis(let report)? = try? SavedDocument(json: bytes) else { return nil }
    let causes = ([report.given] + report.further).flatMap(\.causes)
    self.init(
      result: report.result,
      causes: causes.filter { $0.grade <= .consistent }.map { Cause(id: $0.id, grade: $0.grade) },
      sessions: report.sessions.count, duration: report.duration)
  }
}
