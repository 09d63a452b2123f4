package import SessionOptions
package import SessionTrace

/// The effective options of a session, as its trace records them.
extension Trace {
  /// The value of an option by its long name, written with hyphens or underscores; `nil` when the
  /// trace does not tell.
  package func option(_ name: String) -> OptionValue? {
    options[name.spelled(with: "_")] ?? options[name.spelled(with: "-")]
  }

  /// The segment plan that was in force; `nil` for none, or none that can be read.
  package var segmentPlan: SegmentPlan? {
    option("split").flatMap { try? SegmentPlan(option: $0.text) }
  }

  /// Whether an on-off option is on.
  package func hasFlag(_ name: String, byDefault: Bool = false) -> Bool {
    switch option(name) {
    case .flag(let flag): flag
    case .text(let text): ["true", "on", "yes"].contains(text)
    case .number(let number): number != 0
    case .some(.none), nil: byDefault
    }
  }
}

extension OptionValue {
  /// Whether the option was left alone.
  package var isUnset: Bool {
    switch self {
    case .none, .flag(false), .text(""), .text("none"), .text("off"): true
    case .text, .number, .flag(true): false
    }
  }
}

extension String {
  fileprivate func spelled(with separator: Character) -> String {
    String(map { $0 == "-" || $0 == "_" ? separator : $0 })
  }
}
