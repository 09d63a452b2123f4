/// A form that a document can be written in: a row of the table of formats.
package struct ReportFormat: Sendable, Equatable, CustomStringConvertible {
  /// The word for `--format`.
  package let name: String
  /// How names of files end that ask for it; the first is the one that help shows.
  package let endings: [String]
  /// Those that have this form; `nil` for all.
  private let kinds: [DocumentKind]?
  private let fold: @Sendable (any Document, Look) -> [UInt8]
  /// What a process ends with that writes this form to standard output, where its readers have rules of
  /// their own for that.
  private var status: (@Sendable (any Document) -> Int)?
  /// Whether all that is known of the host stands in it, the versions of libraries too.
  package private(set) var tellsEnvironment = false

  /// Every format there is, in the order of help: to add one is to write its fold, and a row here.
  package static let all = [
    text, line, markdown, html, junit, tap, nagios, prometheus, csv, pcapng, trace, json,
  ]

  package static let text = ReportFormat(
    name: "text", endings: ["txt", "text", "log"], fold: TextFold.render)
  /// What `--quiet` asks for.
  package static let line = ReportFormat(name: "line", endings: ["line"], fold: LineFold.render)
  package static let markdown = ReportFormat(
    name: "markdown", endings: ["md", "markdown"], tellsEnvironment: true,
    fold: MarkdownFold.render)
  package static let html = ReportFormat(
    name: "html", endings: ["html", "htm"], tellsEnvironment: true, fold: HTMLFold.render)
  package static let junit = ReportFormat(
    name: "junit", endings: ["xml", "junit"], kinds: kindsWithCases, fold: JUnitFold.render)
  package static let tap = ReportFormat(
    name: "tap", endings: ["tap"], kinds: kindsWithCases, fold: TAPFold.render)
  package static let nagios = ReportFormat(
    name: "nagios", endings: ["nagios"], kinds: kindsWithVitals,
    status: NagiosFold.exitCode, fold: NagiosFold.render)
  package static let prometheus = ReportFormat(
    name: "prometheus", endings: ["prom"], kinds: kindsWithVitals,
    fold: PrometheusFold.render)
  package static let csv = ReportFormat(
    name: "csv", endings: ["csv"], kinds: [.sweep], fold: CSVFold.render)
  package static let pcapng = ReportFormat(
    name: "pcapng", endings: ["pcapng"], kinds: [.session], fold: PcapNGFold.render)
  package static let trace = ReportFormat(
    name: "trace", endings: ["trace.json"], kinds: [.session], fold: TraceEventsFold.render)
  package static let json = ReportFormat(
    name: "json", endings: ["json"], tellsEnvironment: true,
    fold: { document, _ in jsonDocument(document) })

  /// Documents that are watched by monitoring.
  private static let kindsWithVitals: [DocumentKind] = [.session, .domain, .sweep, .diagnosis]

  /// Documents that have cases to count.
  private static let kindsWithCases: [DocumentKind] = [
    .session, .domain, .sweep, .diagnosis, .suite, .labCheck, .confusion,
  ]

  private init(
    name: String, endings: [String], kinds: [DocumentKind]? = nil,
    status: (@Sendable (any Document) -> Int)? = nil, tellsEnvironment: Bool = false,
    fold: @escaping @Sendable (any Document, Look) -> [UInt8]
  ) {
    self.name = name
    self.endings = endings
    self.kinds = kinds
    self.status = status
    self.tellsEnvironment = tellsEnvironment
    self.fold = fold
  }

  /// Whether it is for programs alone, and would upset a terminal.
  package var isBinary: Bool { self == .pcapng }

  package var description: String { name }

  package static func == (left: ReportFormat, right: ReportFormat) -> Bool {
    left.name == right.name
  }
}

extension ReportFormat {
  /// Those that documents of this kind can be written in.
  package static func all(of kind: DocumentKind) -> [ReportFormat] {
    all.filter { $0.kinds?.contains(kind) ?? true }
  }

  /// Those for at least one kind of the choice.
  package static func all(of choice: any DocumentChoice.Type) -> [ReportFormat] {
    all.filter { format in choice.kinds.contains { all(of: $0).contains(format) } }
  }

  /// The format that a file's name asks for by its ending, in any case; `nil` when it names none.
  package init?(fileEnding: String) {
    let ending = fileEnding.lowercased()
    guard let format = Self.all.first(where: { $0.endings.contains(ending) }) else { return nil }
    self = format
  }

  /// The format that a file's path asks for by what follows a dot, the longest such ending first: two
  /// kinds of JSON are told apart by `.trace.json` and `.json`.
  package init?(path: String) {
    var name = path.split(separator: "/").last ?? ""
    while let dot = name.firstIndex(of: ".") {
      name = name[name.index(after: dot)...]
      if let format = ReportFormat(fileEnding: String(name)) {
        self = format
        return
      }
    }
    return nil
  }

  /// The whole document, ending in a line feed; it never fails. `nil` where its kind has no such form.
  package func document(_ document: any Document, _ look: Look = Look()) -> [UInt8]? {
    guard ReportFormat.all(of: type(of: document).kind).contains(self) else { return nil }
    return fold(document, look)
  }

  /// What a process ends with that writes the document so to standard output; `nil` for what it would
  /// anyway.
  package func exitCode(for document: any Document) -> Int? { status?(document) }

  /// The same for a kind that has this form; no bytes for one that has not.
  package func render(_ document: any Document, style: TextStyle) -> [UInt8] {
    self.document(document, Look(style: style)) ?? []
  }
}
