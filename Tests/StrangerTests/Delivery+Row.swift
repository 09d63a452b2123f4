import TestSupport
import Testing

extension Delivery {
  /// A fixture, and how a message is taken there.
  struct Row: Sendable, Hashable, CustomTestStringConvertible {
    enum Mode: String, Sendable {
      case clear, tls, verified
      /// By BDAT, which of the others Exim alone sends.
      case chunked
      /// Inside the network of the fixture, where of the others swaks alone goes.
      case entered
      /// To two recipients by PRDR, which of the others swaks alone has where it is asked for; Exim before a real server
      /// is among the words.
      case prdr
    }

    let fixture: String
    var mode = Mode.clear
    /// Bytes of the message.
    var size = 2_000

    var testDescription: String { mode == .clear ? fixture : "\(fixture) (\(mode.rawValue))" }

    /// Every fixture that others can be put before, each as often as it has something to say.
    static let all: [Row] = listed.flatMap { heading, name -> [Row] in
      if leftOut.contains(where: { $0.covers(heading, name) }) { return [] }
      if heading == "path" { return [Row(fixture: name, mode: .entered, size: lasting(name))] }
      if heading == "prdr" { return [Row(fixture: name, mode: .prdr)] }
      var rows = [Row(fixture: name, size: larger[name] ?? 2_000)]
      if name.hasPrefix("bdat-") { rows.append(Row(fixture: name, mode: .chunked)) }
      if concernsTLS(name) { rows.append(Row(fixture: name, mode: .tls)) }
      if name.hasPrefix("certificate-") { rows.append(Row(fixture: name, mode: .verified)) }
      return rows
    }

    /// Fixtures that nobody else can be put before, and why.
    struct LeftOut: Sendable {
      /// A heading of the list, or the beginning of names.
      let what: String
      let reason: String

      func covers(_ heading: String, _ name: String) -> Bool {
        heading == what || name.hasPrefix(what)
      }
    }

    static let leftOut = [
      LeftOut(
        what: "names",
        reason: "Postfix and Exim ask the name server of the machine that they run on, and swaks"
          + " looks mail exchangers up with Net::DNS alone, which the tests do not install"),
      LeftOut(
        what: "last-line-minded-",
        reason: "these servers mind the last line of a message, and each program makes its own"),
    ]

    /// More than a packet, as far as the line carries that before swaks gives up.
    private static func lasting(_ name: String) -> Int {
      name == "window-scaling-stripped" ? 500 : 20_000
    }

    private static func concernsTLS(_ name: String) -> Bool {
      ["tls", "certificate-", "clienthello-"].contains(where: name.contains)
    }

    /// Faults that a small message does not meet.
    private static let larger = [
      "early-refusal": 200_000, "early-reply-during-data-closes": 200_000,
      "early-reply-during-data-hangs-up": 200_000, "early-reply-during-data-resets": 200_000,
      "fin-at-body": 200_000, "silent-at-body": 200_000, "size-limit-552": 200_000,
      "size-limit-fin": 200_000, "size-limit-silent": 200_000, "stops-reading": 200_000,
    ]

    /// From the headings and lines of `lab list`.
    static let listed: [(heading: String, name: String)] = {
      // Without the list there would be no test, which a test of its own says.
      guard let list = try? ChildProcess.brief([Binary.path, "lab", "list"]) else { return [] }
      var heading = ""
      var names: [(heading: String, name: String)] = []
      for line in list.output.split(separator: "\n") {
        guard line.hasPrefix("  ") else {
          heading = String(line)
          continue
        }
        guard let name = line.split(separator: " ").first else { continue }
        names.append((heading, String(name)))
      }
      return names
    }()
  }
}
