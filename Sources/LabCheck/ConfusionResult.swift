import Diagnosis
import Lab
import SessionTrace

/// What came of the diagnosis of one run.
package struct ConfusionResult: Sendable, Equatable {
  /// `family/fixture/run`, and its parts.
  package var id: String
  package var family: String
  package var fixture: String
  package var run: String
  package var truth: ConfusionTruth
  /// `nil` when there is no diagnosis.
  package var told: DiagnosisResult?
  /// Why there is none; empty when there is one.
  package var complaint: String
  /// What diagnoses this run alone, for a shell.
  package var command: String

  package init(_ one: CheckCase, told: DiagnosisResult?, complaint: String = "") {
    // A user's own file may be called anything; what is told goes to terminals and CI logs.
    id = escapedText(one.id.utf8)
    family = escapedText(one.fixture.family.utf8)
    fixture = escapedText(one.fixture.name.utf8)
    run = escapedText(one.run.name.utf8)
    truth = ConfusionTruth(one)
    self.told = told
    self.complaint = escapedText(complaint.utf8)
    command = one.diagnosis
  }

  package var outcome: ConfusionClass { told.map(truth.judge) ?? .unplayed }

  /// Whether failures came and went that the fixture does not make so.
  var isMadeIntermittent: Bool { told?.result == .intermittent && truth.course != .changing }

  /// All that was told, for a column: `A1 confirmed`, `E1 E2 consistent`, `no cause`.
  var words: String {
    guard let told else { return "(not diagnosed)" }
    let parts = [Grade.confirmed, .consistent].compactMap { grade in
      let ids = told.causes.filter { $0.grade == grade }.map(\.id)
      return ids.isEmpty ? nil : "\(codes(ids)) \(grade.rawValue)"
    }
    return parts.isEmpty ? told.result.words : parts.joined(separator: ", ")
  }

  /// What was told in one cause: `entry` where it was named, else one that is at work, else the best
  /// founded.
  func headline(for entry: CauseID?) -> String {
    guard let told else { return "(not diagnosed)" }
    let own = told.causes.first { $0.id == entry }
    let other = told.causes.first { truth.shows.contains($0.id) }
    guard let cause = own ?? other ?? told.causes.first else { return told.result.words }
    let remark = own == nil && other != nil ? " (at work too)" : ""
    return "\(codes([cause.id])) \(cause.grade.rawValue)\(remark)"
  }
}

extension InvestigationConclusion.Result {
  /// For a column, where no cause says more.
  var words: String {
    switch self {
    case .nothingWrong: "nothing wrong"
    case .causeFound: "cause found"
    case .noCause: "no cause"
    case .intermittent: "intermittent"
    case .stopped: "stopped"
    }
  }
}
