import Diagnosis
package import Lab

/// One run of one fixture, under the name that lists, filters and reports know it by.
package struct CheckCase: Sendable {
  package let fixture: Fixture
  package let run: FixtureRun
  /// What names the fixture on the command line: `reseg-513`, `./own.smtp`.
  private let word: String

  /// `word` is the fixture's own name when nothing else is given.
  package init(fixture: Fixture, run: FixtureRun, word: String? = nil) {
    self.fixture = fixture
    self.run = run
    self.word = word ?? fixture.name
  }

  /// Every run of a fixture.
  package static func all(of fixture: Fixture, word: String? = nil) -> [CheckCase] {
    fixture.runs.map { CheckCase(fixture: fixture, run: $0, word: word) }
  }

  /// `family/fixture/run`.
  package var id: String { "\(fixture.id)/\(run.name)" }

  /// What a user would type behind `smtpprobe` to play this run alone.
  package var arguments: [String] {
    ["lab:\(word)"] + (run.faultsEnabled ? [] : ["--no-fault"]) + run.options
  }

  /// The same for a shell, with the message on standard input where the run wants it there.
  package var command: String { line(["smtpprobe"] + arguments) }

  /// The diagnosis of this run alone, for a shell.
  package var diagnosis: String { line(["smtpprobe", "diagnose"] + arguments) }

  private func line(_ words: [String]) -> String {
    let probe = ShellCommand(words: words).line
    guard zip(run.options, run.options.dropFirst()).contains(where: { $0 == ("--data", "-") })
    else {
      return probe
    }
    let message = ShellCommand(words: ["smtpprobe", "lab", "show", "--message", word]).line
    return "\(message) | \(probe)"
  }

  /// The outcome that its file demands: `stalled@mail`, alternatives joined by `or`.
  package var wanted: String {
    run.expectation.outcomes.map(\.description).joined(separator: " or ")
  }
}

extension Fixture {
  /// `family/fixture`; a file in no folder has no family.
  package var id: String { family.isEmpty ? name : "\(family)/\(name)" }
}
