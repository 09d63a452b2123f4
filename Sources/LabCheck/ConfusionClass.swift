import Diagnosis

/// How a diagnosis counts beside the truth.
package enum ConfusionClass: String, CaseIterable, Sendable, Encodable {
  /// What is at work was named, as confirmed or consistent; or nothing, where there is nothing to name.
  case right
  /// Instead of what is at work something was called consistent that looks like it, or is a part of it.
  case twin
  /// Something is at work, and nothing was named: an honest "cannot tell".
  case missed
  /// Something was called consistent that neither is at work nor looks like it; or a server was
  /// suspected that is well.
  case doubtful
  /// Something was confirmed that is not at work.
  case wrong
  /// Nobody said what is at work.
  case unjudged
  /// There is no diagnosis.
  case unplayed

  /// Whether the check as a whole fails by it.
  package var isFailure: Bool {
    switch self {
    case .wrong, .unplayed: true
    case .right, .twin, .missed, .doubtful, .unjudged: false
    }
  }
}

extension ConfusionTruth {
  /// What to make of a diagnosis.
  package func judge(_ told: DiagnosisResult) -> ConfusionClass {
    guard isKnown else { return .unjudged }
    let named = told.causes.map(\.id)
    if told.causes.contains(where: { $0.grade == .confirmed && !shows.contains($0.id) }) {
      return .wrong
    }
    if named.contains(where: shows.contains) { return .right }
    if !named.isEmpty {
      if course == .healthy { return .doubtful }
      if shows.isEmpty, named.contains(where: (looksLike + remarks).contains) { return .right }
      return named.contains(where: resembling.contains) ? .twin : .doubtful
    }
    return switch (told.result, course) {
    case (.nothingWrong, .healthy), (.intermittent, .changing): .right
    case (_, .healthy): .doubtful
    case (.noCause, .failing), (.stopped, .failing), (.causeFound, .failing):
      shows.isEmpty ? .right : .missed
    case (.nothingWrong, _), (.intermittent, .failing), (_, .changing): .missed
    }
  }

  /// What may be taken for what is at work, or says part of it.
  private var resembling: Set<CauseID> {
    let twins = (shows + looksLike).flatMap { Catalogue.cause($0)?.twins ?? [] }
    return Set(looksLike + twins + remarks)
  }

  /// What is no cause by itself, and bears on what is at work or on what that looks like.
  private var remarks: [CauseID] {
    let near = Set(shows + looksLike)
    return Catalogue.remarks.filter { !near.isDisjoint(with: $0.causes) }.map(\.id)
  }
}
