import SessionTrace

extension OptionTable {
  /// The option that a document names: by its long name, or as a report does (`message-size`,
  /// `message_size`).
  package static func row(named name: String) throws(OptionWordError) -> OptionRow {
    let spelling = name.count == 1 ? "-" + name : "--" + String(name.map { $0 == "_" ? "-" : $0 })
    if let row = bySpelling[spelling] { return row }
    throw OptionWordError(unknownOption(name, among: all.map(\.name)))
  }
}
