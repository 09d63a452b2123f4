import Glibc
import Reporting
import Wire

/// What the reader of some output can be shown.
struct Terminal {
  /// Colour only on a terminal, never against `NO_COLOR` (no-color.org) or a dumb terminal.
  let style: TextStyle
  /// Whether the locale says UTF-8, so that bars may use block characters.
  let unicode: Bool

  /// A file, which shows neither.
  static let none = Terminal(style: .plain, unicode: false)

  static let standardOutput = Terminal.ofStandardOutput()

  private static func ofStandardOutput() -> Terminal {
    let isTerminal = TextStream.standardOutput.isTerminal
    let mayColour =
      isTerminal && (environment("NO_COLOR") ?? "").isEmpty && environment("TERM") != "dumb"
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].compactMap { environment($0) }.first { !$0.isEmpty }
    return Terminal(
      style: mayColour ? .colour : .plain,
      unicode: isTerminal && (locale ?? "").uppercased().contains("UTF"))
  }
}

private func environment(_ name: String) -> String? {
  guard let value = unsafe getenv(name) else { return nil }
  return unsafe String(cString: value)
}
