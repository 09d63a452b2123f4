/// A report of any kind that can be rendered again, read back from its JSON form and judged anew.
package enum SavedDocument: Sendable, Equatable {
  case session(SavedReport)
  case sweep(SweepReport)

  /// Reads a report of this version or an older one.
  package init(json bytes: [UInt8]) throws(SavedReportError) {
    let file = try SavedFile(json: bytes, kinds: [SessionReport.kind, SweepReport.kind])
    self =
      file.kind == SweepReport.kind
      ? .sweep(try file.decode(SweepReport.self)) : .session(try file.decode(SavedReport.self))
  }
}
