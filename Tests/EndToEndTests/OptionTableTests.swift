import ArgumentParser
import FoundationEssentials
import Lab
import LabCheck
import SessionOptions
import TestSupport
import Testing

@testable import smtpprobe

/// The table of options beside the argument parser.
@Suite("The argument parser")
struct ParserTests {
  /// What `--experimental-dump-help` says of a command.
  private struct Dump: Decodable {
    struct Command: Decodable {
      let arguments: [Argument]
    }
    struct Argument: Decodable {
      let kind: String
      let names: [Name]?
    }
    struct Name: Decodable {
      let kind: String
      let name: String

      var spelling: String { (kind == "long" ? "--" : "-") + name }
    }

    let command: Command
  }

  @Test("declares every option of the table, and no other")
  func declares() async throws {
    let outcome = try await Binary.run(["probe", "--experimental-dump-help"])
    let dump = try JSONDecoder().decode(Dump.self, from: Data(outcome.output.utf8))
    let declared = Set(dump.command.arguments.flatMap { $0.names ?? [] }.map(\.spelling))
    let own: Set = ["--help", "-h", "--version"]
    #expect(declared.subtracting(own) == Set(OptionTable.all.flatMap(\.spellings)))
  }

  @Test("reads every option as the table does")
  func reads() throws {
    for row in OptionTable.all where !row.isAboutTheReport {
      let words: [[String]] =
        switch row.shape {
        case .flag: row.spellings.map { [$0] }
        case .invertibleFlag: [["--" + row.name], ["--no-" + row.name]]
        case .value, .list:
          row.spellings.map { [$0, row.choices.last ?? Self.samples[row.name] ?? "100"] }
        }
      for words in words { try compare(words) }
    }
  }

  /// Values of options that do not take 100.
  private static let samples = [
    "split": "100,rest", "split-delay": "ack", "resolver": "192.0.2.53", "server": "mx:5",
    "timeout": "rfc5321", "connect-timeout": "2m", "total-timeout": "10ms",
    "dscp": "46", "auth": "PLAIN,LOGIN", "proxy": "v2", "xclient": "ADDR=192.0.2.7",
    "tls-fingerprint": String(repeating: "0a", count: 32),
  ]

  @Test("reads the words of every run as the table does")
  func runs() throws {
    for words in Set(try everyRun().map(\.run.options)) { try compare(words) }
  }

  private func compare(_ words: [String]) throws {
    var parsed = SessionOptions()
    for entry in try ProbeCommand.parse(["lab:healthy"] + words).entries { entry.change(&parsed) }
    let read = OptionWords(words)
    #expect(read.unread.isEmpty && read.operands.isEmpty, "\(words)")
    var told = SessionOptions()
    for entry in read.entries { entry.change(&told) }
    #expect(parsed == told, "\(words)")
  }
}
