/// Where a report goes and in which form, as typed: `ticket.md`, `html:/tmp/ticket`, `-`.
package struct ReportPlace: Sendable, Equatable {
  /// `-` for standard output, which has more names.
  package let path: String
  /// The kind in front of the path, or the one its ending names; `nil` where neither does.
  package let format: ReportFormat?

  /// A kind and a colon may stand in front; what is no kind belongs to the path.
  package init(_ word: String) {
    if let colon = word.firstIndex(of: ":"),
      let format = ReportFormat.all.first(where: { $0.name == word[..<colon] })
    {
      path = String(word[word.index(after: colon)...])
      self.format = format
    } else {
      path = word
      format = ReportFormat(path: word)
    }
  }

  package var isStandardOutput: Bool {
    ["-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"].contains(path)
  }
}
