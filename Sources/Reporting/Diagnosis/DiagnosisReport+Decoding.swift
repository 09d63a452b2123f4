import Diagnosis
import SessionTrace

/// Read back: outcomes, experiments and grades as they were found; all else follows from these anew.
///
/// The grades rest on what variants showed, of which the file keeps the counts. The control is
/// judged anew, and titles and remedies are those of this version's catalogue: a foreign file can put
/// no line into anybody's configuration.
extension DiagnosisReport: Decodable {
  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let head = try ReportHead(from: decoder)
    (tool, startedAt, duration, arguments) =
      (head.tool, head.startedAt, head.duration, head.arguments)
    target = try container.decode(TargetRecord.self, forKey: .target)
    sessions = try container.decode([DiagnosedSession].self, forKey: .sessions)
    control = try container.decodeIfPresent(SavedReport.self, forKey: .control)?.report
    pace = try container.decodeIfPresent(DiagnosisPace.self, forKey: .pace)
    notes = try container.decode([String].self, forKey: .notes)
    let layers = try DiagnosisReport.layers(from: container)
    given = layers[0]
    further = Array(layers.dropFirst())
  }

  /// That of the session as given, and those behind it.
  private static func layers(
    from container: KeyedDecodingContainer<CodingKeys>
  ) throws -> [DiagnosisLayer] {
    var layers = [
      DiagnosisLayer(
        base: [],
        result: try container.decode(InvestigationConclusion.Result.self, forKey: .result),
        stop: try container.decodeIfPresent(InvestigationStop.self, forKey: .stopped),
        refusedFrom: try container.decodeIfPresent(Int.self, forKey: .refusedFrom),
        controls: try container.decode(ReportedControls.self, forKey: .controls).outcomes)
    ]
    for layer in try container.decode([ReportedLayer].self, forKey: .further) {
      guard !layers.contains(where: { $0.base == layer.base }) else {
        throw DecodingError.dataCorruptedError(
          forKey: .further, in: container, debugDescription: "nothing new in the base")
      }
      layers.append(
        DiagnosisLayer(
          base: layer.base, result: layer.result, stop: layer.stopped,
          refusedFrom: layer.refusedFrom,
          controls: layer.controls.outcomes))
    }
    func index(of base: [String], _ key: CodingKeys) throws -> Int {
      if let index = layers.firstIndex(where: { $0.base == base }) { return index }
      throw DecodingError.dataCorruptedError(
        forKey: key, in: container, debugDescription: "a base that no failure has")
    }
    for experiment in try container.decode([ReportedExperiment].self, forKey: .experiments) {
      layers[try index(of: experiment.base, .experiments)].experiments.append(experiment)
    }
    // Of the two one is empty in each layer.
    for key in [CodingKeys.causes, .observations] {
      for cause in try container.decode([SavedCause].self, forKey: key) {
        layers[try index(of: cause.base, key)].findings.append(cause.finding)
      }
    }
    // Reports of earlier versions have none.
    let measurements = try container.decodeIfPresent(
      [ReportedMeasurement].self, forKey: .measurements)
    for measured in measurements ?? [] {
      guard let measurement = measured.measurement else {
        throw DecodingError.dataCorruptedError(
          forKey: .measurements, in: container,
          debugDescription: "sizes that no diagnosis measures")
      }
      layers[try index(of: measured.base, .measurements)].measurement = measurement
    }
    for layer in layers where !layer.isBorneOut {
      throw DecodingError.dataCorruptedError(
        forKey: layer.base.isEmpty ? .result : .further, in: container,
        debugDescription: "\(layer.result.rawValue) does not go with the controls and causes")
    }
    return layers
  }
}

/// A finding without what the catalogue says of it.
private struct SavedCause: Decodable {
  let base: [String]
  let finding: CauseFinding

  private enum CodingKeys: String, CodingKey { case base, id, grade, because, against, open }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    base = try container.decode([String].self, forKey: .base)
    finding = CauseFinding(
      id: try container.decode(CauseID.self, forKey: .id),
      grade: try container.decode(Grade.self, forKey: .grade),
      pro: try container.decode([String].self, forKey: .because),
      con: try container.decode([String].self, forKey: .against),
      open: try container.decode([String].self, forKey: .open))
  }
}
