import Diagnosis
import SessionOptions
import SessionTrace

/// What is right where a command line was refused, or taken for something else.
extension SMTPProbe {
  /// All that there is to say of these words, which the parser refused with that message.
  static func hints(for words: [String], refusedWith message: String) -> String {
    let command = words.first.map(hint) ?? ""
    let isSurplus = message.hasPrefix("Error: Unexpected argument") && command.isEmpty
    return command
      + (isSurplus
        ? "smtpprobe: a session has one TARGET; smtpprobe scan takes a list of them\n" : "")
      + hintForTarget(in: words, refusedWith: message) + hintsForValues(in: words)
      + words.compactMap(hintForOption).joined()
  }

  /// Says which command a first word that is none may have meant: `diagnos` is read as a TARGET.
  static func hint(for word: String) -> String {
    guard !commandNames.contains(word), !word.hasPrefix("-"),
      !word.contains(where: { ".:@[".contains($0) }),
      let command = nearMiss(word, among: commandNames)
    else { return "" }
    return
      "smtpprobe: '\(printable(word))' was taken for a host; did you mean smtpprobe \(command)?\n"
  }

  /// What is wrong with a word that stands where a TARGET should, which the parser only calls invalid.
  private static func hintForTarget(in words: [String], refusedWith message: String) -> String {
    let word = words.first { message.contains("'\($0)' is invalid for '<target>'") }
    guard let word, Target(word) == nil else { return "" }
    return "smtpprobe: '\(printable(word))' is no TARGET: \(Target.problem(with: word))\n"
  }

  /// A word behind an option that can do without a value is read as one only where it is one: says why it is not.
  private static func hintsForValues(in words: [String]) -> String {
    zip(words, words.dropFirst()).map { option, word in
      let row = OptionTable.all.first { $0.withoutValue != nil && $0.spellings.contains(option) }
      guard let row, !word.hasPrefix("-"), Target(word)?.place == .host(word) else { return "" }
      do throws(OptionWordError) {
        _ = try row.entry(word)
        return ""
      } catch {
        return "smtpprobe: '\(printable(word))' is no value of \(option): \(error.description)\n"
      }
    }.joined()
  }

  /// Options of other programs that are named otherwise here.
  private static let otherNames = [
    "--dry-run": "--plan", "--starttls": "--tls require", "--ssl": "--tls implicit",
    "--smtps": "--tls implicit", "--cert": "--tls-cert FILE", "--key": "--tls-key FILE",
    "--subject": "--header 'Subject: ...'", "--connect": "TARGET as host:port",
    "--json": "--format json", "--debug": "-v",
    "--ipv4": "-4", "--ipv6": "-6", "--mail-from": "--from", "--mail-rcpt": "--to",
  ]

  private static func hintForOption(_ word: String) -> String? {
    let name = String(word.prefix { $0 != "=" })
    guard let own = otherNames[name],
      !OptionTable.all.contains(where: { $0.spellings.contains(name) })
    else { return nil }
    return "smtpprobe: what other programs call \(name) is \(own) here\n"
  }
}
