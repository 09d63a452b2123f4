package import SessionTrace

/// What there is to know of one option: the only place where it is written down.
///
/// The argument parser, effective values in reports, comparisons, repeated sessions, commands that
/// are advised and the reference of all options are made of these rows.
package struct OptionRow: Sendable {
  /// Where it stands in the help and in the reference.
  package enum Section: String, CaseIterable, Sendable {
    case envelope = "Envelope and message"
    case transport = "Transport"
    case tls = "TLS"
    case auth = "AUTH"
    case limits = "Limits"
    case lab = "The lab"
    case report = "Output"
  }

  /// How it is typed.
  package enum Shape: Sendable, Equatable {
    /// `--nudge`.
    case flag
    /// `--nodelay`, and `--no-nodelay` for the contrary.
    case invertibleFlag
    /// `--mss 536`, `--mss=536`; given twice, the last one counts.
    case value
    /// The same, and each adds to those before: `--to a@example.org --to b@example.org`.
    case list
  }

  /// What a value may tell of somebody, which a report that is given away may have to leave out.
  package enum Naming: Sendable, Equatable {
    /// What this host calls itself.
    case ownName
    case ownAddress
    /// Who logs in.
    case user
    /// Who writes, or who is written to.
    case mailbox
    /// Another host, by its name or its address.
    case otherHost
  }

  /// The long name without hyphens in front; the short one where there is no other.
  package let name: String
  package var short: Character?
  /// Other long names: those of swaks, and older ones.
  package var aliases: [String] = []
  package let shape: Shape
  package let section: Section
  /// One line, a sentence.
  package let help: String
  /// What stands for the value in the help.
  package var placeholder: String?
  /// All values, where they can be listed.
  package var choices: [String] = []
  /// What it means without a value, where it can be given so; a word behind it that is none of its values stays.
  package var withoutValue: String?
  /// Its name in a report; `nil` where no report has it.
  package var key: String?
  /// Whether a report, which may come from anybody, may set it for a session that is run again: none
  /// that names a file, a server or a name server, and none that sends a message.
  package var mayComeFromAReport = true
  /// Whom or what its value names; `nil` where it tells of nobody.
  package var names: Naming?
  /// What ``usual`` is.
  var usualWord: @Sendable () -> String? = { nil }
  /// The first stage at which a session can differ by it, where a diagnosis may put it back to see; `nil` where
  /// it may not, since that would be another delivery, or none.
  package var actsFrom: Stage?

  /// Reads what was typed; `nil` for a flag. `false` is a flag denied.
  let read: @Sendable (_ word: String?, _ isOn: Bool) throws(OptionWordError) -> OptionChange
  /// The words for it in a session's command; none where nobody has to say it.
  package let words: @Sendable (SessionOptions) -> [String]
  /// What a report has of it.
  let record: @Sendable (SessionOptions) -> OptionValue
  /// Takes it back.
  package let reset: OptionChange
}

/// Something done to the options of a session.
package typealias OptionChange = @Sendable (inout SessionOptions) -> Void

/// An option as it was given: its row, and what it does.
package struct OptionEntry: Sendable {
  package let row: OptionRow
  /// The value as typed; `nil` for a flag.
  package let word: String?
  package let change: OptionChange
}

extension OptionEntry: CustomStringConvertible {
  /// As it was typed: `any`. A call for help shows what an option without its value stands for.
  package var description: String { word ?? row.flag }
}

extension OptionRow {
  /// `--split`, `-4`.
  package var flag: String { name.count == 1 ? "-" + name : "--" + name }

  /// The value without which nobody would give it, as typed; `nil` where there is none to tell.
  package var usual: String? { usualWord() }

  /// Whether it says what becomes of the result, and nothing about the session.
  package var isAboutTheReport: Bool { section == .report }

  /// What was typed behind it, read; the error names the option and what would do.
  package func entry(_ word: String) throws(OptionWordError) -> OptionEntry {
    OptionEntry(row: self, word: word, change: try read(word, true))
  }

  /// The flag, given or denied.
  package func entry(_ isOn: Bool) throws(OptionWordError) -> OptionEntry {
    OptionEntry(row: self, word: nil, change: try read(nil, isOn))
  }

  /// Every way to begin it: `--ehlo`, `--helo`, `-f`, `--no-pad`.
  package var spellings: [String] {
    [flag] + (shape == .invertibleFlag ? ["--no-" + name] : [])
      + (short.map { ["-\($0)"] } ?? []) + aliases.map { "--" + $0 }
  }
}
