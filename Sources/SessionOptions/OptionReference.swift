/// The reference of all options, in Markdown: a paragraph for each, by section.
package func optionReference() -> String {
  var lines = ["# Options of a session", ""]
  for section in OptionRow.Section.allCases {
    lines += ["## \(section.rawValue)", ""]
    for row in OptionTable.all where row.section == section {
      lines += ["`\(row.synopsis)`", ":   \(row.helpText)\(row.exclusions)", ""]
    }
  }
  return lines.dropLast().joined(separator: "\n") + "\n"
}

extension OptionRow {
  /// The help with what is in force otherwise.
  package var helpText: String {
    help + (usual.map { " (default: \($0))" } ?? "")
  }

  /// `--ehlo EHLO, --helo EHLO`.
  fileprivate var synopsis: String {
    let value =
      shape == .value || shape == .list
      ? " " + (placeholder ?? name).uppercased() : ""
    return spellings.map { $0 + value }.joined(separator: ", ")
  }

  fileprivate var exclusions: String {
    OptionExclusion.all.filter { $0.one.name == name || $0.other.name == name }
      .map { " \($0.text)." }.joined()
  }
}
