extension Look {
  /// Colour only on a terminal, never against `NO_COLOR` (no-color.org) or a dumb terminal; block
  /// characters only where the locale says UTF-8. `environment` gives the value of a variable.
  ///
  /// Lines are as wide as a terminal, up to where the eye loses them.
  package init(isTerminal: Bool, columns: Int? = nil, environment: (String) -> String?) {
    let mayColour =
      isTerminal && (environment("NO_COLOR") ?? "").isEmpty && environment("TERM") != "dumb"
    let width = isTerminal ? columns.map { min(max($0, 60), 120) } : nil
    self.init(
      style: mayColour ? .colour : .plain, unicode: isTerminal && hasBlocks(environment),
      width: width ?? Look.usualWidth)
  }

  /// The same with what a user says about it.
  package func with(_ asked: AskedLook, environment: (String) -> String?) -> Look {
    var look = self
    switch asked.style {
    case .color:
      look.style = .colour
      look.unicode = hasBlocks(environment)
    case .plain:
      look.style = .plain
      look.unicode = false
    case .auto, nil: break
    }
    look.width = asked.width ?? look.width
    look.isClose = asked.isClose
    return look
  }
}

/// What a user says about the look of text.
package struct AskedLook: Sendable, Equatable {
  package var style: StyleChoice?
  /// `nil` for the reader's own.
  package var width: Int?
  /// Whether it is to tell of the kernel's facts and of bytes one by one.
  package var isClose = false

  package init() {}
}

/// What `--style` takes.
package enum StyleChoice: String, CaseIterable, Sendable {
  /// As the terminal and the environment have it.
  case auto
  /// Colours, whoever reads.
  case color
  /// Printable ASCII and line feeds.
  case plain
}

/// Whether the locale has more than ASCII.
private func hasBlocks(_ environment: (String) -> String?) -> Bool {
  let locale = ["LC_ALL", "LC_CTYPE", "LANG"].compactMap(environment).first { !$0.isEmpty }
  return (locale ?? "").uppercased().contains("UTF")
}
