import ArgumentParser
import Lab
import LabCheck
import Wire

/// `lab list`: every fixture with its family and its first line.
struct LabListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the fixtures.")

  @Argument(help: "Only what contains this in its family or name; or the path of a fixture file.")
  var filter: String?

  @Flag(help: "List the runs instead, by the ids that lab check knows them by, one a line.")
  var runs = false

  func run() throws {
    try reportingErrors {
      let fixtures = try chosen()
      guard !fixtures.isEmpty else {
        throw ExitMessage(status: .noInput, text: "no fixture matches '\(filter ?? "")'")
      }
      let text = runs ? ids(of: fixtures) : titles(of: fixtures)
      try TextStream.standardOutput.print(text)
    }
  }

  private func chosen() throws -> [Fixture] {
    guard let filter else { return try library().fixtures }
    if let file = FixturePath(filter) {
      return try file.fixtures(check: FixtureCauses.check).map(\.fixture)
    }
    return try library().fixtures.filter { $0.id.contains(filter) }
  }

  private func ids(of fixtures: [Fixture]) -> String {
    fixtures.flatMap { CheckCase.all(of: $0) }.map { $0.id + "\n" }.joined()
  }

  private func titles(of fixtures: [Fixture]) -> String {
    var text = ""
    var family: String?
    let width = fixtures.map(\.name.count).max() ?? 0
    for fixture in fixtures {
      if fixture.family != family {
        text += (text.isEmpty ? "" : "\n") + fixture.family + "\n"
        family = fixture.family
      }
      let gap = String(repeating: " ", count: width - fixture.name.count + 2)
      text += "  " + fixture.name + gap + fixture.title + "\n"
    }
    return text
  }
}
