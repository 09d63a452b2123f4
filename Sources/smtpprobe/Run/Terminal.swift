import Glibc
import Reporting
import Wire

/// What standard output can show.
struct Terminal {
  /// Colour only on a terminal, never against `NO_COLOR` (no-color.org) or a dumb terminal.
  let style: TextStyle
  /// Whether the locale says UTF-8, so that bars may use block characters.
  let unicode: Bool

  static let standardOutput = Terminal()

  private init() {
    let isTerminal = TextStream.standardOutput.isTerminal
    let mayColour =
      isTerminal && (environment("NO_COLOR") ?? "").isEmpty && environment("TERM") != "dumb"
    style = mayColour ? .colour : .plain
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].compactMap { environment($0) }.first { !$0.isEmpty }
    unicode = isTerminal && (locale ?? "").uppercased().contains("UTF")
  }
}

private func environment(_ name: String) -> String? {
  guard let value = unsafe getenv(name) else { return nil }
  return unsafe String(cString: value)
}
