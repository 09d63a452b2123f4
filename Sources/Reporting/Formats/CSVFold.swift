/// The values of a sweep as comma-separated values, a line each under a line of names (RFC 4180).
///
/// For spreadsheets and plots: `value,result,outcome,tries,failed`, numbers bare, everything in our own
/// words. What was not tested has no line.
enum CSVFold {
  static func render(_ document: any Document, _: Look) -> [UInt8] {
    var text = line(["value", "result", "outcome", "tries", "failed"])
    for case .strip(let marks) in document.blocks {
      for mark in marks {
        text += line([
          String(mark.value), mark.result.rawValue, mark.outcome, String(mark.tries),
          String(mark.failed),
        ])
      }
    }
    return Array(text.utf8)
  }

  private static func line(_ fields: [String]) -> String {
    fields.map { quoted(shown($0)) }.joined(separator: ",") + "\r\n"
  }

  /// In quotes where a comma, a quote or a line end would be taken for the file's own (RFC 4180, 2.6).
  private static func quoted(_ field: String) -> String {
    let needsQuotes = field.utf8.contains { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }
    return needsQuotes ? "\"" + field.replacing("\"", with: "\"\"") + "\"" : field
  }
}
