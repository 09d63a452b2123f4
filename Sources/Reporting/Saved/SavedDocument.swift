package import SessionTrace

/// A report of any kind that can be rendered again, read back from its JSON form.
package enum SavedDocument: DocumentChoice, Sendable, Equatable {
  case session(SavedReport)
  case domain(DomainReport)
  case sweep(SweepReport)
  case diagnosis(DiagnosisReport)
  case suite(SuiteReport)

  package static let kinds = [
    SessionReport.kind, DomainReport.kind, SweepReport.kind, DiagnosisReport.kind, SuiteReport.kind,
  ]

  /// Reads a report of this version or an older one.
  package init(json bytes: [UInt8]) throws(SavedReportError) {
    let file = try SavedFile(json: bytes, kinds: Self.kinds)
    switch file.kind {
    case .domain: self = .domain(try file.decode(DomainReport.self))
    case .sweep: self = .sweep(try file.decode(SweepReport.self))
    case .diagnosis: self = .diagnosis(try file.decode(DiagnosisReport.self))
    case .suite: self = .suite(try file.decode(SuiteReport.self))
    case .session, .catalogue, .comparison, .confusion, .labCheck, .scan, .scanSummary:
      self = .session(try file.decode(SavedReport.self))
    }
  }

  /// The session that stands in it whole: the only one, the first that failed in a sweep or of a domain, or the control
  /// of a diagnosis; `nil` where there is none.
  package var session: Trace? {
    switch self {
    case .session(let saved): saved.trace
    case .domain(let report): report.firstFailure?.trace
    case .sweep(let report): report.firstFailure?.trace
    case .diagnosis(let report): report.control?.trace
    case .suite: nil
    }
  }

  /// Which of many ``session`` is; `nil` for the only one.
  package var role: String? {
    switch self {
    case .session, .suite: nil
    case .domain, .sweep: "the first that failed"
    case .diagnosis: "the control"
    }
  }
}
