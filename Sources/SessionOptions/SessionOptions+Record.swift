package import SessionTrace

/// The `options` object of a report: every option by its name, in plain ASCII.
extension SessionOptions {
  /// As a report has it.
  package var recorded: [String: OptionValue] {
    var record: [String: OptionValue] = [:]
    for row in OptionTable.all {
      guard let key = row.key else { continue }
      let value = row.record(self)
      record[key] = if case .text(let text) = value { .text(escapedText(text.utf8)) } else { value }
    }
    return record
  }

  /// What a report has, read back; from a report that may be anybody's only what it may set.
  ///
  /// Names that no row knows are passed over: a later version may have written them.
  package init(
    recorded: [String: OptionValue], mayBeForeign: Bool
  ) throws(OptionRecordError) {
    self.init()
    for row in OptionTable.all where row.mayComeFromAReport || !mayBeForeign {
      guard let key = row.key, let value = recorded[key] else { continue }
      do throws(OptionWordError) {
        try row.change(from: value)?(&self)
      } catch {
        throw OptionRecordError(key: key, value: value, problem: error.description)
      }
    }
  }
}

extension OptionRow {
  /// What a recorded value does; `nil` for none.
  fileprivate func change(from value: OptionValue) throws(OptionWordError) -> OptionChange? {
    switch (value, shape) {
    case (.none, _): return nil
    case (.text(let text), .value), (.text(let text), .list):
      return try read(unescapedText(text), true)
    case (.text(let text), .flag) where key == OptionRow.ipv4.key: return try read(text, true)
    case (.number(let number), .value): return try read(String(number), true)
    case (.flag(let isOn), .flag), (.flag(let isOn), .invertibleFlag): return try read(nil, isOn)
    case (.text, .flag), (.text, .invertibleFlag), (.number, .flag), (.number, .invertibleFlag),
      (.number, .list), (.flag, .value), (.flag, .list):
      throw OptionWordError("another type of value")
    }
  }
}

extension SessionOptions: Codable {
  package init(from decoder: any Decoder) throws {
    try self.init(
      recorded: try [String: OptionValue](from: decoder), mayBeForeign: false)
  }

  package func encode(to encoder: any Encoder) throws { try recorded.encode(to: encoder) }
}

/// A recorded option that cannot be read.
package struct OptionRecordError: Error, Sendable, CustomStringConvertible {
  package let key: String
  package let value: OptionValue
  package let problem: String

  package var description: String { "options.\(key): \(value.text): \(problem)" }
}
