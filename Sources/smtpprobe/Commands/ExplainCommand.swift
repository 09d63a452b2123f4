import ArgumentParser
import Campaigns
import Diagnosis
import Lab
import LabCheck
import Reporting
import Wire

/// `smtpprobe explain [ID|words]`: the catalogue of known causes, offline.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Explain a known cause; no network.",
    usage: "smtpprobe explain [ID|words] [--list] [--family FAMILY] [options]",
    discussion: """
      Without words, or with --list, the title of each cause. ID is a cause's name, its code (A1), or the id \
      of a hazard in a report. Any other words are searched for. A line of a mail log in quotes is read, and leads to \
      where the session stood, to what may be behind it, and to the command that shows it.

      EXAMPLES
        smtpprobe explain reseg-boundary-loss --host mx.example.com
        smtpprobe explain fast open
        smtpprobe explain --family A
        smtpprobe explain "SMTP timeout after sending data block (199774 bytes written)"
      """)

  @Argument(help: ArgumentHelp("An id, a code, or words to search for.", valueName: "id or words"))
  var words: [String] = []

  @Flag(help: "List what is found, or everything, by title.")
  var list = false

  @Option(help: "Only this family, the first letter of a code.")
  var family: CatalogueFamily?

  @Option(help: "Fill this in where a remedy names a host (an item of an Exim host list).")
  var host: String?

  @Option(help: "Fill this in where a remedy names the server's address.")
  var address: String?

  @Option(help: "Fill this in where a remedy names the domain of the recipients.")
  var domain: String?

  @OptionGroup(title: "Output") var output: OutputOptions<CatalogueDocument>

  func run() throws {
    try reportingErrors {
      let document = try document()
      try output.opened().write(document)
    }
  }

  private func document() throws -> CatalogueDocument {
    let text = words.joined(separator: " ")
    let library = try library()
    let fixtures = FixtureCauses.names(in: library)
    if !list, family == nil {
      if let entry = Catalogue.entry(named: text) { return whole(entry, fixtures) }
      if let line = LogLine(text) { return document(of: line, in: library, fixtures) }
    }
    let all = Catalogue.causes.map(Catalogue.Entry.cause)
    let found = (words.isEmpty ? all : Catalogue.search(text, with: fixtures)).filter {
      family == nil || $0.cause?.family == family
    }
    guard let first = found.first else { throw nothingFound(for: text, fixtures) }
    if found.count == 1, !list { return whole(first, fixtures) }
    return CatalogueDocument(
      found, detail: words.isEmpty ? .list : .hits, fixtures: fixtures)
  }

  /// What a log line says, and the causes that end sessions so.
  private func document(
    of line: LogLine, in library: FixtureLibrary, _ fixtures: [CauseID: [String]]
  ) -> CatalogueDocument {
    let causes = FixtureCauses.ending(
      line.status.rawValue, at: line.stage, with: line.probe.words, in: library)
    return CatalogueDocument(
      line.causes(among: causes).compactMap(Catalogue.entry), detail: .hits,
      fixtures: fixtures, logLine: line)
  }

  private func whole(
    _ entry: Catalogue.Entry, _ fixtures: [CauseID: [String]]
  ) -> CatalogueDocument {
    CatalogueDocument(
      [entry], detail: .whole, fixtures: fixtures,
      place: RemedyPlace(host: host, address: address, domain: domain))
  }

  private func nothingFound(for text: String, _ fixtures: [CauseID: [String]]) -> ExitMessage {
    if LogLine.looksLikeOne(text) {
      return ExitMessage(
        status: .usage,
        text: "this log line is not known; smtpprobe HOST shows what the server does")
    }
    let near = Catalogue.suggestions(for: text, with: fixtures).map(\.id.rawValue)
    let mend =
      near.isEmpty ? "smtpprobe explain --list shows all" : "near: " + near.joined(separator: ", ")
    return ExitMessage(status: .usage, text: "no known cause matches '\(printable(text))'; \(mend)")
  }
}

extension CatalogueFamily: ExpressibleByArgument {
  init?(argument: String) { self.init(rawValue: argument.uppercased()) }
}
