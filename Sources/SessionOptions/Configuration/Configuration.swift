/// Options that somebody always wants: from a file, or from the environment.
package struct Configuration: Sendable {
  /// One of them.
  package struct Item: Sendable {
    package let row: OptionRow
    /// As one would type it.
    package let words: [String]
    /// Where it stands: `SMTPPROBE_TIMEOUT`, `the configuration file, line 3`.
    package let origin: String

    /// For a report, which says where an option came from.
    package var note: String { "\(words.joined(separator: " ")) is from \(origin)" }
  }

  package private(set) var items: [Item] = []

  package init() {}

  /// What a file says, an option a line, in the words of the command line; two hyphens in front may be left out.
  package init(file text: String) throws(ConfigurationError) {
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      guard let words = lineWords(line.filter { $0 != "\r" }) else {
        throw ConfigurationError(line: index + 1, problem: "a quote is not closed")
      }
      guard let first = words.first else { continue }
      do throws(OptionWordError) {
        let item = try Self.item(
          first, Array(words.dropFirst()), from: "the configuration file, line \(index + 1)")
        items.append(item)
      } catch {
        throw ConfigurationError(line: index + 1, problem: error.description)
      }
    }
  }

  /// What variables say, `SMTPPROBE_TIMEOUT=10s`; a flag is `yes` or `no`.
  ///
  /// Others that begin so are somebody else's, and those of `--auth` say who we are, not that it is to be said.
  package init(environment: [(name: String, value: String)]) throws(ConfigurationError) {
    for (name, value) in environment.sorted(by: { $0.name < $1.name }) {
      let word = name.dropFirst(Self.prefix.count).lowercased().map { $0 == "_" ? "-" : $0 }
      guard let row = OptionTable.bySpelling["--" + String(word)], row.section != .auth else {
        continue
      }
      do throws(OptionWordError) {
        switch row.shape {
        case .value, .list: items.append(try Self.item(row.flag, [value], from: name))
        case .flag, .invertibleFlag:
          guard let isOn = Self.truth[value.lowercased()] else {
            throw OptionWordError("give yes or no")
          }
          if isOn { items.append(try Self.item(row.flag, [], from: name)) }
          if !isOn, row.shape == .invertibleFlag {
            items.append(try Self.item("--no-" + row.name, [], from: name))
          }
        }
      } catch {
        throw ConfigurationError(variable: name, problem: error.description)
      }
    }
  }

  /// What every such variable begins with.
  package static let prefix = "SMTPPROBE_"

  private static let truth = [
    "yes": true, "true": true, "on": true, "1": true, "no": false, "false": false, "off": false,
    "0": false, "": false,
  ]

  private static func item(
    _ first: String, _ rest: [String], from origin: String
  ) throws(OptionWordError) -> Item {
    let parts = first.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(parts[0].drop { $0 == "-" })
    _ = try OptionTable.row(named: name.removing(prefix: "no-") ?? name)
    let value = parts.count > 1 ? [String(parts[1])] + rest : rest
    let words = [(name.count == 1 ? "-" : "--") + name] + value
    let read = OptionWords(words)
    if let problem = read.problem { throw OptionWordError(problem) }
    guard read.operands.isEmpty, read.entries.count == 1, let row = read.entries.first?.row else {
      throw OptionWordError("write one option a line, and its value in quotes where it has blanks")
    }
    guard !row.isAboutTheReport, row.name != OptionRow.data.name,
      row.name != OptionRow.messageSize.name
    else {
      throw OptionWordError(
        "\(row.flag) is for the command line: it is never meant for every session")
    }
    return Item(row: row, words: words, origin: origin)
  }
}

extension Configuration {
  /// These, and of the others those that these leave room for.
  package func over(_ others: Configuration) -> Configuration {
    var result = self
    result.items = others.items.filter { !isExcluded($0.row, by: items.map(\.row)) } + items
    return result
  }

  /// Those that a command line leaves room for: none that it says itself, or excludes.
  package func items(beside words: [String]) -> [Item] {
    let given = OptionTable.all.filter { row in
      words.contains { word in
        row.spellings.contains { word == $0 || word.hasPrefix($0 + "=") }
      }
    }
    return items.filter { !isExcluded($0.row, by: given) }
  }

  /// Options exclude each other by their values; here the nearer one stays whatever they are.
  private func isExcluded(_ row: OptionRow, by others: [OptionRow]) -> Bool {
    others.contains { other in
      other.name == row.name
        || OptionExclusion.all.contains {
          [$0.one.name, $0.other.name].sorted() == [row.name, other.name].sorted()
        }
    }
  }
}

/// What a file or a variable says that cannot be had.
package struct ConfigurationError: Error, Sendable, Equatable {
  /// Counted from 1; `nil` for a variable.
  package var line: Int?
  package var variable: String?
  /// Without a full stop.
  package var problem: String
}
