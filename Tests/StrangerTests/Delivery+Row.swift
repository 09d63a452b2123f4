import TestSupport
import Testing

extension Delivery {
  /// A fixture, and how a message is taken there.
  struct Row: Sendable, Hashable, CustomTestStringConvertible {
    enum Mode: String, Sendable {
      case clear, tls, verified
    }

    let fixture: String
    var mode = Mode.clear
    /// Bytes of the message.
    var size = 2_000

    var testDescription: String { mode == .clear ? fixture : "\(fixture) (\(mode.rawValue))" }

    /// Every fixture that `lab serve` can play without a client in a namespace of its own, each as often
    /// as it has something to say.
    static let all: [Row] = served.flatMap { name in
      var rows = [Row(fixture: name, size: larger[name] ?? 2_000)]
      if concernsTLS(name) { rows.append(Row(fixture: name, mode: .tls)) }
      if name.hasPrefix("certificate-") { rows.append(Row(fixture: name, mode: .verified)) }
      return rows
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
    private static let served: [String] = {
      // Without the list there would be no test, which a test of its own says.
      guard let list = try? ChildProcess.run([Binary.path, "lab", "list"]) else { return [] }
      var heading: Substring = ""
      var names: [String] = []
      for line in list.output.split(separator: "\n") {
        guard line.hasPrefix("  ") else {
          heading = line
          continue
        }
        guard let name = line.split(separator: " ").first, heading != "path", heading != "names",
          !name.hasPrefix("bdat-")
        else { continue }
        names.append(String(name))
      }
      return names
    }()
  }
}
