extension Look {
  /// Colour only on a terminal, never against `NO_COLOR` (no-color.org) or a dumb terminal; block
  /// characters only where the locale says UTF-8. `environment` gives the value of a variable.
  package init(isTerminal: Bool, environment: (String) -> String?) {
    let mayColour =
      isTerminal && (environment("NO_COLOR") ?? "").isEmpty && environment("TERM") != "dumb"
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].compactMap(environment).first { !$0.isEmpty }
    self.init(
      style: mayColour ? .colour : .plain,
      unicode: isTerminal && (locale ?? "").uppercased().contains("UTF"))
  }
}
