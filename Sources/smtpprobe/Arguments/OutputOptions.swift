import ArgumentParser
import Campaigns
import Reporting
import SessionOptions

extension RedactionMode: ExpressibleByArgument {}
extension StyleChoice: ExpressibleByArgument {}

/// What becomes of the result, of those kinds of document that the command writes.
struct OutputOptions<Choice: DocumentChoice>: ParsableArguments {
  @Option(
    name: OptionRow.format.parserNames,
    help: ArgumentHelp("What standard output gets: \(Self.names)."),
    transform: { try Self.format(named: $0) })
  var format: ReportFormat?

  @Option(
    name: OptionRow.output.parserNames,
    help: ArgumentHelp(
      "Write a report here too, KIND:FILE or its kind by the ending"
        + " (\(Self.endings.joined(separator: " "))); '-' is standard output. May be repeated."))
  var outputs: [String] = []

  @Option(
    name: OptionRow.redact.parserNames,
    help: ArgumentHelp(
      "Stand-ins of equal length for our names, addresses and paths (local), for the server's and the"
        + " envelope too (all), or for nothing (none). Files: local; standard output: none."))
  var redact: RedactionMode?

  @Flag(.quiet)
  var quiet = false

  @Flag(.verbose)
  var verbose = false

  @Option(
    name: OptionRow.style.parserNames, help: OptionRow.style.parserHelp,
    completion: OptionRow.style.completion)
  var style: StyleChoice?

  @Option(
    name: OptionRow.width.parserNames, help: OptionRow.width.parserHelp,
    transform: { try ReportWishes.width($0) })
  var width: Int?

  @Flag(.silent)
  var silent = false

  private static func format(named name: String) throws -> ReportFormat {
    if let format = formats.first(where: { $0.name == name }) { return format }
    throw ValidationError("give \(names).")
  }

  private static var formats: [ReportFormat] { ReportFormat.all(of: Choice.self) }
  private static var names: String { formats.map(\.name).joined(separator: ", ") }
  private static var endings: [String] { formats.compactMap(\.endings.first).map { ".\($0)" } }

  func validate() throws {
    if quiet, let format {
      throw ValidationError("--quiet and --format \(format) both say what is printed: choose one.")
    }
    if verbose, Set(Choice.kinds).isDisjoint(with: [.session, .sweep, .diagnosis]) {
      throw ValidationError("-v is about the bytes of a session, and none is reported here.")
    }
    for word in outputs {
      let place = ReportPlace(word)
      if place.isStandardOutput, place.format == nil { continue }
      guard place.format.map(Self.formats.contains) != true else { continue }
      throw ValidationError("-o \(word): \(Self.problem(with: place, of: word)).")
    }
  }

  private static func problem(with place: ReportPlace, of word: String) -> String {
    guard let format = place.format else {
      let head = endings.dropLast().joined(separator: ", ")
      return "the ending says the kind of report; use \(head) or \(endings.last ?? "")"
    }
    let kinds = DocumentKind.allCases.filter { ReportFormat.all(of: $0).contains(format) }
    return
      "\(format.name) is for a \(kinds.map(\.rawValue).joined(separator: " or ")); use \(names)"
  }

  /// What these options ask for.
  var wishes: ReportWishes {
    var look = AskedLook()
    look.style = style
    look.width = width
    look.isClose = verbose
    return ReportWishes(
      given: format, isQuiet: quiet, outputs: outputs, isSilent: silent, redaction: redact,
      look: look)
  }

  func endingAsReadersExpect(_ work: () throws -> Void) throws {
    try wishes.endingAsReadersExpect(work)
  }

  /// The places that these options name, opened.
  func opened() throws -> ReportOutputs { try wishes.opened() }
}
