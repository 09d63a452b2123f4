import ArgumentParser
import Lab
import LabCheck
import Wire

/// `lab show NAME`: the story of a fixture and its runs.
struct LabShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Tell a fixture's story, and what each of its runs must come out as.")

  @Argument(help: ArgumentHelp("A fixture's name, or the path of a file.", valueName: "fixture"))
  var name: String

  @Flag(help: "Print the message that '--data -' stands for in its runs, and nothing else.")
  var message = false

  func run() throws {
    try reportingErrors {
      let fixtures = try namedFixtures(name, check: FixtureCauses.check)
      if message {
        try TextStream.standardOutput.print(fixtures.first?.fixture.message ?? [])
      } else {
        try TextStream.standardOutput.print(
          fixtures.map { story(of: $0.fixture, word: $0.word) }.joined(separator: "\n"))
      }
    }
  }

  private func story(of fixture: Fixture, word: String) -> String {
    var text = "\(fixture.name) - \(fixture.title)\n\n"
    if !fixture.story.isEmpty { text += fixture.story + "\n\n" }
    text += "Source: \(fixture.source)\n\nRuns:\n"
    for one in CheckCase.all(of: fixture, word: word) {
      text += "  \(one.command)\n      # \(one.wanted)\n"
    }
    return text
  }
}
