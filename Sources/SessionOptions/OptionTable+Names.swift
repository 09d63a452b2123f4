import SessionTrace

extension OptionTable {
  /// The option that a document names: by its long name, or as a report does (`message-size`,
  /// `message_size`).
  package static func row(named name: String) throws(OptionWordError) -> OptionRow {
    let spelling = name.count == 1 ? "-" + name : "--" + String(name.map { $0 == "_" ? "-" : $0 })
    if let row = bySpelling[spelling] { return row }
    throw OptionWordError(unknownOption(name, among: all.map(\.name)))
  }

  /// Whom or what the value names that a report has under this key.
  package static func naming(ofKey key: String) -> OptionRow.Naming? { namingByKey[key] }

  private static let namingByKey: [String: OptionRow.Naming] = Dictionary(
    all.compactMap { row in row.key.flatMap { key in row.names.map { (key, $0) } } },
    uniquingKeysWith: { first, _ in first })
}
