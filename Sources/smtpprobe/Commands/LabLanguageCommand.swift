import ArgumentParser
import Manual
import Wire

/// `lab language`: how to write a fixture.
struct LabLanguageCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "language", abstract: "Print the reference of the fixture language.")

  func run() throws {
    guard let page = ManualPage.page(on: "fixture-language") else { return }
    try reportingErrors { try TextStream.standardOutput.print(Array(page.text.utf8)) }
  }
}
