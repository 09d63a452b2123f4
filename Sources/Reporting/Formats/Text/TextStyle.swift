/// Whether text for people may carry colour.
package enum TextStyle: Sendable {
  case plain
  /// ANSI escape sequences of our own; only for a terminal.
  case colour
}

extension TextStyle {
  /// `text` in the colour of its tone, where colour is wanted.
  package func paint(_ text: String, _ tone: Tone) -> String {
    switch (self, tone.parameters) {
    case (.colour, let parameters?) where !text.isEmpty:
      "\u{1B}[\(parameters)m\(text)\u{1B}[0m"
    case (.plain, _), (.colour, _): text
    }
  }
}

/// What a line of text is, which decides its colour.
package enum Tone: Sendable {
  case plain, heading, good, bad, warning, ours, quiet

  /// The parameters of the ANSI sequence SGR; `nil` for none.
  var parameters: String? {
    switch self {
    case .plain: nil
    case .heading: "1"
    case .good: "1;32"
    case .bad: "1;31"
    case .warning: "33"
    case .ours: "36"
    case .quiet: "2"
    }
  }
}
