import ArgumentParser
import Lab
import Wire

/// `lab language`: how to write a fixture.
struct LabLanguageCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "language", abstract: "Print the reference of the fixture language.")

  func run() throws {
    try reportingErrors { try TextStream.standardOutput.print(languageReference) }
  }
}
