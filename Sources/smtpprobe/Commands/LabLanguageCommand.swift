import ArgumentParser
import Manual

/// `lab language`: how to write a fixture.
struct LabLanguageCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "language", abstract: "Print the reference of the fixture language.")

  func run() throws {
    var manual = ManualCommand()
    manual.topic = "fixture-language"
    try manual.run()
  }
}
