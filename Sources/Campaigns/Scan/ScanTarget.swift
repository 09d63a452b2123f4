import Reporting
package import SessionOptions

/// A target of a scan: whom to reach, with which options of its own, and the remark that is passed through.
package struct ScanTarget: Sendable {
  package let target: Target
  package let entries: [OptionEntry]
  /// JSON as it was written.
  package let tag: ArraySlice<UInt8>?

  package init(target: Target, entries: [OptionEntry], tag: ArraySlice<UInt8>? = nil) {
    self.target = target
    self.entries = entries
    self.tag = tag
  }

  /// Reads a line: a target with options behind it, or a JSON object; `nil` for a blank line or a comment.
  package init?(_ line: ArraySlice<UInt8>) throws(ScanLineError) {
    guard let read = try TargetLine(line, own: ["tag"]) else { return nil }
    if let row = read.entries.map(\.row).first(where: \.isAboutTheReport) {
      throw ScanLineError("\(row.flag) is about a report; a line has options of its session")
    }
    self.init(target: read.target, entries: read.entries, tag: read.members.last?.written)
  }
}
