import Campaigns
import SessionOptions
import SessionTrace
import Synchronization
import Wire

/// The words of this process's command line, and what the configuration puts beside them.
enum CommandWords {
  private static let configured = Mutex<[Configuration.Item]>([])

  /// As reports have them: the program's name, what was typed, and what the configuration added, so that they ask for the
  /// same session anywhere.
  static var all: [String] { programArguments() + added }

  /// Where what was added comes from, a sentence an option.
  static var notes: [String] { configured.withLock { $0.map(\.note) } }

  private static var added: [String] { configured.withLock { $0.flatMap(\.words) } }

  /// Reads the file and the environment for a command line that may be added to, and returns it with that.
  ///
  /// A file that is not there costs one system call.
  static func configure(
    _ words: [String], besides others: @autoclosure () -> [String]
  ) throws(ExitMessage) -> [String] {
    guard !words.contains(OptionRow.noConfig.flag), !words.contains("--") else { return words }
    let variables = environmentVariables(prefix: Configuration.prefix)
    let path = file(variables)
    let text = try path.flatMap { (path) throws(ExitMessage) in try contents(path) }
    guard text != nil || !variables.isEmpty, let first = words.first,
      !["--version", "--help", "-h"].contains(first), !others().contains(first)
    else { return words }
    do throws(ConfigurationError) {
      let lines = try text.map { (text) throws(ConfigurationError) in try Configuration(file: text)
      }
      let all = try Configuration(environment: variables).over(lines ?? Configuration())
      let items = all.items(beside: (try? SwaksWords.translated(words)) ?? words)
      configured.withLock { $0 = items }
    } catch {
      let place = error.variable ?? "\(path?.path ?? ""):\(error.line ?? 0)"
      throw ExitMessage(status: .usage, text: "\(place): \(error.problem)")
    }
    return words + added
  }

  /// Where the file is, and whether it must be there: that which somebody names.
  private static func file(
    _ variables: [(name: String, value: String)]
  ) -> (path: String, isNamed: Bool)? {
    if let named = variables.first(where: { $0.name == "SMTPPROBE_CONFIG" })?.value {
      return named.isEmpty ? nil : (named, true)
    }
    let folder =
      environmentVariable("XDG_CONFIG_HOME").flatMap { $0.hasPrefix("/") ? $0 : nil }
      ?? environmentVariable("HOME").map { $0 + "/.config" }
    return folder.map { ($0 + "/smtpprobe/config", false) }
  }

  private static func contents(
    _ file: (path: String, isNamed: Bool)
  ) throws(ExitMessage) -> String? {
    do throws(WireError) {
      let bytes = try InputFile(path: file.path).readAll(atMost: 1 << 20)
      return String(decoding: bytes, as: UTF8.self)
    } catch {
      let isAbsent = ["ENOENT", "ENOTDIR"].contains(error.failure.name)
      if isAbsent, !file.isNamed { return nil }
      throw ExitMessage(cannotRead: file.path, error)
    }
  }
}
