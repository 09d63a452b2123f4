import ArgumentParser
import Lab
import LabCheck
import Reporting
import SessionOptions
import TestSupport
import Testing

@testable import smtpprobe

/// Command lines that are read without the argument parser, beside what it makes of them.
@Suite("A plain command line")
struct PlainCommandLineTests {
  @Test("of any run is read as the argument parser reads it")
  func runs() async throws {
    for words in Set(try everyRun().map { ["lab:healthy"] + $0.run.options }) {
      try compare(words)
      // A minute of the argument parser, which tests with a deadline do not have.
      await Task.yield()
    }
  }

  @Test(
    "may say what becomes of the report",
    arguments: [
      ["127.0.0.1:25", "--silent"], ["127.0.0.1", "--format", "json"],
      ["host", "-o", "a.json", "--output", "b.md", "--expect", "stalled@mail"],
      ["host", "--quiet"], ["host", "-v", "--style", "plain", "--width=100"],
      ["host", "--expect=ok", "--plan"], ["host", "--data", "a.eml", "-f", "a@b.example"],
    ])
  func report(words: [String]) throws {
    try compare(words)
    try compare(["probe"] + words)
  }

  @Test(
    "is no other than that of one session, without a mistake or a call for help",
    arguments: [
      [], ["--version"], ["--help"], ["-h"], ["host", "--help"], ["host", "-h"], ["sweep", "host"],
      ["lab", "list"], ["help"], ["manual"], ["host", "other"], ["host", "--nothing"],
      ["host", "--mss"], ["host", "--mss", "no"], ["host", "--split", "-1"],

      ["host", "--mss", "536", "--mss", "600"], ["host", "-f=a@b.example"],
      ["host", "--nudge=yes"],
      ["host", "--nodelay", "--no-nodelay"], ["host", "--expect", "nothing"], ["host", "--", "a"],
      ["host", "--quiet", "--format", "json"], ["host", "--width", "3"],
      ["host", "--style", "red"],
      ["host", "--format", "nothing"], ["host", "-o", "a.nothing"], ["--server", "host"], [""],
    ])
  func parsers(words: [String]) {
    #expect(AskedSession(plain: words, besides: SMTPProbe.commandNames) == nil)
  }

  private func compare(_ words: [String]) throws {
    let read = try #require(
      AskedSession(plain: words, besides: SMTPProbe.commandNames), "\(words)")
    let command = try #require(
      try SMTPProbe.parseAsRoot(words) as? ProbeCommand, "\(words)")
    let parsed = command.asked
    #expect(options(read) == options(parsed), "\(words)")
    #expect(read.target == parsed.target && read.expect == parsed.expect, "\(words)")
    #expect(
      read.output.outputs == parsed.output.outputs
        && read.output.format.name == parsed.output.format.name, "\(words)")
    #expect(
      read.output.isSilent == parsed.output.isSilent && read.isPlanOnly == parsed.isPlanOnly,
      "\(words)")
    #expect(
      read.output.isQuiet == parsed.output.isQuiet && read.output.look == parsed.output.look,
      "\(words)")
  }

  private func options(_ session: AskedSession) -> SessionOptions {
    var options = SessionOptions()
    for entry in session.entries { entry.change(&options) }
    return options
  }
}
