import Glibc
import Reporting
import Wire

extension Look {
  /// Colour only on a terminal, never against `NO_COLOR` (no-color.org) or a dumb terminal; block
  /// characters only where the locale says UTF-8.
  static let standardOutput = Look.ofStandardOutput()

  private static func ofStandardOutput() -> Look {
    let isTerminal = TextStream.standardOutput.isTerminal
    let mayColour =
      isTerminal && (environment("NO_COLOR") ?? "").isEmpty && environment("TERM") != "dumb"
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].compactMap { environment($0) }.first { !$0.isEmpty }
    return Look(
      style: mayColour ? .colour : .plain,
      unicode: isTerminal && (locale ?? "").uppercased().contains("UTF"))
  }
}

private func environment(_ name: String) -> String? {
  guard let value = unsafe getenv(name) else { return nil }
  return unsafe String(cString: value)
}
