package import SessionOptions
package import SessionTrace

/// A command line of smtpprobe that can be pasted into a POSIX shell, bash or zsh.
package struct ShellCommand: Sendable, Equatable {
  /// Program and arguments, unquoted.
  package var words: [String]

  /// A command of these words.
  package init(words: [String]) { self.words = words }

  /// The command of the session that `trace` records, with a change; what excludes it goes.
  ///
  /// What only concerns the report (`--format`, `-o`, `--expect`, `--silent`) is left out.
  package init(repeating trace: Trace, with change: OptionChange = { _ in }) {
    let given = GivenSession(trace)
    var options = given.options
    options.change(change)
    words = ["smtpprobe"] + options.commandLine(at: given.target) + given.others
  }

  /// The options that it gives.
  package var options: SessionOptions { OptionWords(Array(words.dropFirst())).options }
}

extension ShellCommand {
  /// The words quoted, each in pieces no longer than `limit` columns where it has to be broken.
  ///
  /// A renderer puts a backslash and a line feed between the pieces of a word.
  package func quoted(limit: Int = 60) -> [[String]] {
    words.map { word in
      guard !word.isEmpty else { return ["''"] }
      var pieces: [String] = []
      var piece: [UInt8] = []
      var widths = Widths()
      for byte in word.utf8 {
        widths.add(byte)
        if widths.quoted > limit {
          pieces.append(ShellCommand.quoted(piece))
          piece = []
          widths = Widths()
          widths.add(byte)
        }
        piece.append(byte)
      }
      return pieces + [ShellCommand.quoted(piece)]
    }
  }

  /// How wide a word is in each way of quoting, counted as it grows.
  private struct Widths {
    private var last: UInt8?
    private var length = 0
    private var escaped = 0
    private var isPlain = true
    private var isPrintable = true

    mutating func add(_ byte: UInt8) {
      length += 1
      escaped += ShellCommand.escaped(byte, after: last).utf8.count
      isPlain =
        isPlain && ShellCommand.isPlain(byte)
        && !(length == 2 && last == byte && byte == UInt8(ascii: ":"))
      isPrintable =
        isPrintable && ShellCommand.isPrintable(byte)
        && !(last == byte && byte == UInt8(ascii: "#"))
      last = byte
    }

    var quoted: Int { isPlain ? length : isPrintable ? length + 2 : escaped + 3 }
  }

  /// Bytes of all words, unquoted.
  package var length: Int { words.reduce(0) { $0 + $1.utf8.count } }

  /// A command that is longer is nobody's to paste.
  private static let longest = 16 * 1_024

  /// What stands in the place of a command that is too long; half a command would be none.
  package var remark: String? {
    guard length > Self.longest else { return nil }
    return "# a command of \(length) bytes, left out here; arguments in the JSON report has it"
  }

  /// The whole command on one line, or the remark on it.
  package var line: String {
    remark ?? quoted(limit: .max).map { $0.joined() }.joined(separator: " ")
  }

  /// One word as the shell must see it to get these bytes, in printable ASCII.
  private static func quoted(_ bytes: [UInt8]) -> String {
    // Nothing that a CI system could take for a command of ours: `::error::` where a line begins,
    // `##[group]` anywhere.
    if bytes.allSatisfy(isPlain), !bytes.starts(with: "::".utf8) {
      return String(decoding: bytes, as: UTF8.self)
    }
    let hasHashes = zip(bytes, bytes.dropFirst()).contains { $0 == $1 && $0 == UInt8(ascii: "#") }
    if bytes.allSatisfy(isPrintable), !hasHashes {
      return "'" + String(decoding: bytes, as: UTF8.self) + "'"
    }
    let lasts = [nil] + bytes.map(Optional.some)
    return "$'" + zip(bytes, lasts).map(escaped).joined() + "'"
  }

  /// The escapes of ``escapedText(_:)`` are those of the shell's $'...'; the quote is not among them.
  private static func escaped(_ byte: UInt8, after last: UInt8?) -> String {
    switch byte {
    case UInt8(ascii: "'"): #"\'"#
    case UInt8(ascii: "#") where last == byte: #"\x23"#
    default: escapedText([byte])
    }
  }

  private static func isPrintable(_ byte: UInt8) -> Bool {
    (0x20...0x7E).contains(byte) && byte != UInt8(ascii: "'")
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: "-_./:@,+=%".utf8.contains(byte)
    }
  }
}
