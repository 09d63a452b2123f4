import Diagnosis
import SessionOptions

/// What a report ends with: the next command, ready to be pasted, and what it is for.
extension Block {
  /// A section of them; nothing where there are none.
  static func nextSteps(_ items: [ListItem]) -> [Block] {
    items.isEmpty ? [] : [.heading(.section, "What to try next"), .list(items)]
  }
}

extension ListItem {
  /// A reason, and the commands.
  static func step(_ reason: String, _ commands: ShellCommand...) -> ListItem {
    ListItem(text: reason, body: commands.map { .command($0) })
  }

  /// Let the tool find the cause of what this session shows.
  static func diagnosis(of session: ShellCommand, because reason: String) -> ListItem {
    let delivers = session.options.deliversMail
    return .step(
      reason
        + (delivers
          ? " Each of its sessions delivers the message; to another host add --yes." : ""),
      session.diagnosis)
  }

  /// What is known of something by its id in the catalogue.
  static func explanations(_ title: String, _ commands: [ShellCommand]) -> [ListItem] {
    commands.isEmpty ? [] : [ListItem(text: title, body: commands.map { .command($0) })]
  }
}

extension ShellCommand {
  /// The diagnosis of the session that this command asks for.
  var diagnosis: ShellCommand {
    ShellCommand(words: ["smtpprobe", "diagnose"] + words.dropFirst())
  }

  /// The same session with every fact and byte.
  var inDetail: ShellCommand { ShellCommand(words: words + ["-v"]) }

  /// What the catalogue says of an id, with the names of this delivery in its remedies.
  static func explanation(of id: CauseID, for place: RemedyPlace = RemedyPlace()) -> ShellCommand {
    let names = [("--host", place.host), ("--address", place.address), ("--domain", place.domain)]
    return ShellCommand(
      words: ["smtpprobe", "explain", id.rawValue]
        + names.flatMap { name, value in
          value.map { $0.isEmpty ? [] : $0.hasPrefix("-") ? ["\(name)=\($0)"] : [name, $0] } ?? []
        })
  }
}
