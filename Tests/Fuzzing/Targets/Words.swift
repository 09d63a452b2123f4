import Diagnosis
import SessionOptions
import SessionTrace

extension FuzzTarget {
  /// Words of a command line, a line of input each: what was understood is said again by the same words.
  static let words = FuzzTarget(name: "words") { input in
    let words = input.split(separator: 10).map { String(decoding: $0, as: UTF8.self) }
    let options = OptionWords(words).options
    let again = OptionWords(options.commandLine(at: "mx"))
    require(again.operands == ["mx"] && again.unread.isEmpty, "\(options.commandLine(at: "mx"))")
    require(again.options == options, "\(options.commandLine(at: "mx"))")
    for word in words { read(word) }
    do throws(OptionWordError) {
      _ = try SwaksWords.translated(words)
    } catch {
      require(!error.description.isEmpty, "an error without words")
    }
    do throws(ConfigurationError) {
      for item in try Configuration(file: String(decoding: input, as: UTF8.self)).items {
        require(OptionWords(item.words).unread.isEmpty, "\(item.words)")
      }
    } catch {
      require(!error.problem.isEmpty, "an error without words")
    }
  }

  /// One word as each value that there is, and as a command.
  private static func read(_ word: String) {
    for row in OptionTable.all {
      do throws(OptionWordError) {
        _ = try row.entry(word)
      } catch {
        require(!error.description.isEmpty, "an error without words")
      }
    }
    let line = ShellCommand(words: ["smtpprobe", word]).line
    require(isPlain(line.utf8) && !line.contains("\n"), "\(line)")
    require(ShellCommand(line: line)?.line == line, "\(line)")
    _ = ShellCommand(line: word)
    require(isPlain(escapedText(word.utf8).utf8), "\(word)")
    require(unescapedText(escapedText(word.utf8)) == word, "\(word)")
    // A search goes through the whole catalogue: a few of them are enough.
    if word.utf8.count == 7 {
      _ = Catalogue.search(word)
      _ = Catalogue.suggestions(for: word)
    }
  }
}
