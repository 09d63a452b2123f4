import ArgumentParser
import Reporting
import Wire

/// `smtpprobe schema [KIND]`: the JSON Schema of a report.
struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema", abstract: "Print the JSON Schema of the JSON report.")

  @Argument(help: "The kind of report.")
  var kind = DocumentKind.session

  func run() throws {
    guard let schema = kind.schema else { return }
    if TextStream.standardOutput.write(schema) != nil {
      throw ExitStatus.cannotWrite.code
    }
  }
}

/// The kinds whose reports have a schema, by the value of the key `kind`.
extension DocumentKind: ExpressibleByArgument {
  package init?(argument: String) {
    guard let kind = DocumentKind(rawValue: argument), kind.schema != nil else { return nil }
    self = kind
  }

  package static var allValueStrings: [String] {
    allCases.filter { $0.schema != nil }.map(\.rawValue)
  }
}
