import ArgumentParser
import Campaigns
import SessionOptions
import Wire

/// The file of a command that makes a session for each line of it, and what those have in common.
struct ListedSessions {
  /// `-` for standard input.
  let path: String
  let options: SessionOptions
  /// What `--data` can read once, for every session anew.
  let standardInput: [UInt8]?

  /// Reads the words behind a command; `kind` is what it makes of the file, `writing` what it writes where
  /// options about a report mean nothing to it.
  init(_ probe: [String], of kind: String, writing form: String? = nil) throws {
    let words = OptionWords(probe)
    let session: ProbeCommand
    do {
      session = try ProbeCommand.parse(words.words)
    } catch {
      throw ValidationError(ProbeCommand.message(for: error))
    }
    if words.operands.count > 1 {
      throw ValidationError(
        "'\(words.operands[0])' and '\(words.operands[1])': a \(kind) has one list; name one file.")
    }
    let aboutReports = words.entries.map(\.row).filter(\.isAboutTheReport)
    if let row = aboutReports.first(where: { $0.name != OptionRow.noConfig.name }) {
      throw ValidationError(
        "\(row.flag) is for one session"
          + (form.map { "; a \(kind) writes \($0)." } ?? ": give it in its line."))
    }
    path = words.operands.first ?? "-"
    if path == "-", TextStream(descriptor: 0).isTerminal, words.operands.isEmpty {
      throw ValidationError("No list: name a file of targets, or pipe one in.")
    }
    do {
      options = try SessionOptions(session.entries)
      if path == "-", options.data == "-" {
        throw ValidationError("--data - and a list on standard input: name a file for one of them.")
      }
      if path == "-", options.toFile == "-" {
        throw ValidationError(
          "--to-file - and a list on standard input: name a file for one of them.")
      }
      if path == "-", options.authPasswordFile == "-" {
        throw ValidationError(
          "--auth-password-file - and a list on standard input: name a file for one of them.")
      }
      standardInput = try session.heldMessage(options)
    } catch let conflict as OptionConflict {
      throw ExitMessage(status: .usage, text: conflict.description)
    }
  }
}
