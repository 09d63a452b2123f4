import ArgumentParser
import SessionTrace

/// A recorded session run again, with the options that its report says were in force.
struct RepeatedSession {
  private let command: ProbeCommand
  private let target: TargetArgument

  /// At another target, perhaps, and with `changes`, in the words of `probe`, in the place of what
  /// was recorded.
  init(of trace: Trace, at target: TargetArgument, changes: [String]) throws {
    let words = try RepeatedSession.words(of: trace, replacedBy: changes, at: target)
    do {
      command = try ProbeCommand.parse([target.given] + words + changes)
    } catch {
      throw ExitMessage(status: .usage, text: ProbeCommand.message(for: error))
    }
    guard !command.plan else {
      throw ExitMessage(status: .usage, text: "--plan: a comparison needs a session")
    }
    self.target = target
  }

  /// The session, run now.
  func trace() throws -> Trace {
    let run = try SessionRun(
      target: target, playsFault: command.fault, overIPv6: command.transport.ipv6)
    return try run.trace(of: try command.sessionPlan(at: run.labAddress))
  }

  /// The recorded options as words of a command line, without those that `changes` give.
  ///
  /// A message is not among them: a report may come from anybody, and must not make this host send a
  /// file of its own, nor deliver mail that nobody asked for on this command line.
  private static func words(
    of trace: Trace, replacedBy changes: [String], at target: TargetArgument
  ) throws -> [String] {
    var given = Set(changes.map(longName))
    let hasMessage = ["data", "message_size"].contains { !isUnset(trace.options[$0]) }
    if hasMessage, given.isDisjoint(with: ["--data", "--message-size", "--quit-after"]) {
      throw ExitMessage(
        status: .usage,
        text: "the recorded session sent a message, and a live run would deliver one: add"
          + " --message-size N or --data FILE to send one, or --quit-after data to stop before it")
    }
    if target.port != nil || isLab(target) { given.insert("--port") }
    return repeated.flatMap { name -> [String] in
      let option = "--" + name.replacing("_", with: "-")
      guard let value = trace.options[name], !given.contains(option) else { return [] }
      switch (name, value) {
      case (_, .none): return []
      case ("family", let family):
        return family == .text("ipv4") ? ["-4"] : family == .text("ipv6") ? ["-6"] : []
      // On by default, and off by its negation; the other flags are off by default.
      case ("nodelay", .flag(let isOn)), ("pad", .flag(let isOn)):
        return isOn ? [] : ["--no-\(name)"]
      case (_, .flag(let isOn)): return isOn ? [option] : []
      // One word, so that a value that begins with a hyphen stays a value.
      case (_, .text), (_, .number): return ["\(option)=\(value.text)"]
      }
    }
  }

  /// The options that a report may set here, by their names in it.
  private static let repeated = [
    "from", "to", "ehlo", "line_length", "envelope_size", "pad", "quit_after", "pipelining",
    "chunking", "chunk_size", "pregreet", "port", "resolver", "family", "local_address",
    "local_port", "split", "split_delay",
    "split_stage", "nodelay", "fast_open", "mss", "rcvbuf", "sndbuf", "pmtu_discovery", "keepalive",
    "tls",
    "tls_verify", "tls_priority", "tls_sni", "clienthello_size", "timeout", "connect_timeout",
    "total_timeout",
  ]

  private static func isUnset(_ value: OptionValue?) -> Bool {
    value == nil || value == .some(.none)
  }

  private static func isLab(_ target: TargetArgument) -> Bool {
    if case .lab = target.place { true } else { false }
  }

  /// The name by which the report knows the option that `word` begins.
  private static func longName(_ word: String) -> String {
    let name = word.split(separator: "=", maxSplits: 1).first.map(String.init) ?? word
    let longer = [
      "-f": "--from", "-t": "--to", "-d": "--data", "-q": "--quit-after", "-p": "--port",
      "-4": "--family", "-6": "--family", "--helo": "--ehlo",
      "--local-interface": "--local-address",
      "--no-nodelay": "--nodelay", "--no-pad": "--pad",
    ]
    return longer[name] ?? name
  }
}
