/// The JSON Schema (draft 2020-12) of the JSON report, which the executable can print.
package enum ReportSchema {
  /// The schema of `kind` `session`, version 1, as UTF-8.
  package static let session: [UInt8] = PackageResources.report_1_schema_json
  /// The schema of `kind` `domain`, version 1, as UTF-8.
  package static let domain: [UInt8] = PackageResources.domain_1_schema_json
  /// The schema of `kind` `sweep`, version 1, as UTF-8.
  package static let sweep: [UInt8] = PackageResources.sweep_1_schema_json
  /// The schema of `kind` `diagnosis`, version 1, as UTF-8.
  package static let diagnosis: [UInt8] = PackageResources.diagnosis_1_schema_json
  /// The schema of `kind` `catalogue`, version 1, as UTF-8.
  package static let catalogue: [UInt8] = PackageResources.catalogue_1_schema_json
  /// The schema of `kind` `comparison`, version 1, as UTF-8.
  package static let comparison: [UInt8] = PackageResources.comparison_1_schema_json
  /// The schema of `kind` `confusion`, version 1, as UTF-8.
  package static let confusion: [UInt8] = PackageResources.confusion_1_schema_json
  /// The schema of the lines of a scan, `kind` `scan` and `scan_summary`, version 1, as UTF-8.
  package static let scan: [UInt8] = PackageResources.scan_1_schema_json
  /// The schema of `kind` `suite`, version 1, as UTF-8.
  package static let suite: [UInt8] = PackageResources.suite_1_schema_json
}

extension DocumentKind {
  /// The schema of its JSON report; `nil` where there is none.
  package var schema: [UInt8]? {
    switch self {
    case .session: ReportSchema.session
    case .domain: ReportSchema.domain
    case .sweep: ReportSchema.sweep
    case .diagnosis: ReportSchema.diagnosis
    case .catalogue: ReportSchema.catalogue
    case .comparison: ReportSchema.comparison
    case .confusion: ReportSchema.confusion
    case .scan, .scanSummary: ReportSchema.scan
    case .suite: ReportSchema.suite
    case .labCheck: nil
    }
  }
}
