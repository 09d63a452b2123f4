import Diagnosis
import SessionTrace

/// Read back: sessions, experiments and grades as they were found; all else follows from these anew.
///
/// The grades rest on what variants showed, of which the file keeps the counts. The control is
/// judged anew, and titles and remedies are those of this version's catalogue: a foreign file can put
/// no line into anybody's configuration.
extension DiagnosisReport: Decodable {
  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    tool = try container.decode(ToolRecord.self, forKey: .tool)
    startedAt = try container.decodeIfPresent(String.self, forKey: .startedAt)
    duration = try container.decode(Microseconds.self, forKey: .duration)
    arguments = try container.decode([String].self, forKey: .arguments)
    target = try container.decode(TargetRecord.self, forKey: .target)
    result = try container.decode(InvestigationConclusion.Result.self, forKey: .result)
    stop = try container.decodeIfPresent(InvestigationStop.self, forKey: .stopped)
    sessions = try container.decode([DiagnosedSession].self, forKey: .sessions)
    experiments = try container.decode([ReportedExperiment].self, forKey: .experiments)
    // One of them is empty.
    findings = try [.causes, .observations].flatMap {
      try container.decode([SavedCause].self, forKey: $0).map(\.finding)
    }
    control = try container.decodeIfPresent(SavedReport.self, forKey: .control)?.report
    notes = try container.decode([String].self, forKey: .notes)
    guard isBorneOut else {
      throw DecodingError.dataCorruptedError(
        forKey: .result, in: container,
        debugDescription: "\(result.rawValue) does not go with the sessions and causes")
    }
  }

  /// Whether sessions and findings are such as lead to the result.
  private var isBorneOut: Bool {
    switch result {
    case .nothingWrong: controls.total > 0 && controls.failed == 0
    case .causeFound: controls.failed > 0 && !best.isEmpty
    case .noCause, .intermittent: controls.failed > 0 && best.isEmpty
    case .stopped: true
    }
  }
}

/// A finding without what the catalogue says of it.
private struct SavedCause: Decodable {
  let finding: CauseFinding

  private enum CodingKeys: String, CodingKey { case id, grade, because, against, open }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    finding = CauseFinding(
      id: try container.decode(String.self, forKey: .id),
      grade: try container.decode(Grade.self, forKey: .grade),
      pro: try container.decode([String].self, forKey: .because),
      con: try container.decode([String].self, forKey: .against),
      open: try container.decode([String].self, forKey: .open))
  }
}
