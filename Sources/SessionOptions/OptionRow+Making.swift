import SessionTrace

/// Where a value stands among the options; made where it is looked for: to make all of them would take longer than a
/// small session, which looks for few.
typealias Field<Value> = @Sendable () -> any WritableKeyPath<SessionOptions, Value> & Sendable

extension SessionOptions {
  /// Those of a session of which nothing was said.
  static let usual = SessionOptions()
}

/// The kinds of row; each ties a name to a field and to the reading and writing of its type.
extension OptionRow {
  /// An option with a value that is usually none.
  static func value<Value: OptionWord>(
    _ name: String, _ field: @autoclosure @escaping Field<Value?>,
    in range: ClosedRange<Int>? = nil, _ section: Section, _ help: String
  ) -> OptionRow {
    OptionRow(
      name: name, shape: .value, section: section, help: help, choices: Value.choices,
      key: key(name),
      read: { (word, _) throws(OptionWordError) in
        let value = try Value(option: word ?? "")
        try check(value, range)
        return { $0[keyPath: field()] = value }
      },
      words: { options in
        options[keyPath: field()].map { typed(name, $0.optionText) } ?? []
      },
      record: { $0[keyPath: field()]?.recorded ?? .none },
      reset: { $0[keyPath: field()] = nil })
  }

  /// An option with a value that is always in force.
  static func value<Value: OptionWord>(
    _ name: String, _ field: @autoclosure @escaping Field<Value>,
    in range: ClosedRange<Int>? = nil, _ section: Section, _ help: String
  ) -> OptionRow {
    let usual: @Sendable () -> Value = { SessionOptions.usual[keyPath: field()] }
    return OptionRow(
      name: name, shape: .value, section: section, help: help, choices: Value.choices,
      key: key(name), usualWord: { usual().optionText },
      read: { (word, _) throws(OptionWordError) in
        let value = try Value(option: word ?? "")
        try check(value, range)
        return { $0[keyPath: field()] = value }
      },
      words: { options in
        let value = options[keyPath: field()]
        return value == usual() ? [] : typed(name, value.optionText)
      },
      record: { $0[keyPath: field()].recorded },
      reset: { $0[keyPath: field()] = usual() })
  }

  /// An option that may be given several times; commas part values, too, or what else no value holds.
  static func list<Value: OptionWord>(
    _ name: String, _ field: @autoclosure @escaping Field<[Value]>,
    partedBy separator: Character = ",",
    _ section: Section, _ help: String
  ) -> OptionRow {
    OptionRow(
      name: name, shape: .list, section: section, help: help, choices: Value.choices,
      key: key(name),
      read: { (word, _) throws(OptionWordError) in
        var values: [Value] = []
        for part in (word ?? "").split(separator: separator) {
          values.append(try Value(option: String(part)))
        }
        return { [values] in $0[keyPath: field()] += values }
      },
      words: { options in
        let values = options[keyPath: field()].map(\.optionText)
        return values.isEmpty ? [] : typed(name, values.joined(separator: String(separator)))
      },
      record: { options in
        let values = options[keyPath: field()].map(\.optionText)
        return values.isEmpty ? .none : .text(values.joined(separator: String(separator)))
      },
      reset: { $0[keyPath: field()] = [] })
  }

  /// A flag; one that is usually on can be denied by `--no-`.
  static func flag(
    _ name: String, _ field: @autoclosure @escaping Field<Bool>, _ section: Section,
    _ help: String
  ) -> OptionRow {
    let usual = SessionOptions.usual[keyPath: field()]
    return OptionRow(
      name: name, shape: usual ? .invertibleFlag : .flag, section: section, help: help,
      key: key(name),
      read: { _, isOn in { $0[keyPath: field()] = isOn } },
      words: { options in
        let isOn = options[keyPath: field()]
        return isOn == usual ? [] : [isOn ? "--" + name : "--no-" + name]
      },
      record: { .flag($0[keyPath: field()]) },
      reset: { $0[keyPath: field()] = usual })
  }

  /// An option that says what becomes of the result; no session has it.
  static func report(_ name: String, _ shape: Shape, _ help: String) -> OptionRow {
    OptionRow(
      name: name, shape: shape, section: .report, help: help, mayComeFromAReport: false,
      read: { _, _ in { _ in } }, words: { _ in [] }, record: { _ in .none }, reset: { _ in })
  }

  /// The same row with something changed.
  func with(_ change: (inout OptionRow) -> Void) -> OptionRow {
    var row = self
    change(&row)
    return row
  }

  /// `envelope_size` of `envelope-size`.
  private static func key(_ name: String) -> String {
    String(
      decoding: name.utf8.map { $0 == UInt8(ascii: "-") ? UInt8(ascii: "_") : $0 }, as: UTF8.self)
  }

  /// An option and its value; one word where the value would be taken for an option.
  static func typed(_ name: String, _ value: String) -> [String] {
    value.hasPrefix("-") && value != "-" ? ["--\(name)=\(value)"] : ["--\(name)", value]
  }

  private static func check(
    _ value: some OptionWord, _ range: ClosedRange<Int>?
  ) throws(OptionWordError) {
    guard let range, let number = value as? Int, !range.contains(number) else { return }
    throw OptionWordError("give \(range.lowerBound) to \(range.upperBound)")
  }
}
