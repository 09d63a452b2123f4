import SessionTrace

/// A fixture file cut into its prose and its sections; nothing in them is understood yet.
///
/// ```
/// The 513-byte envelope
///
/// Prose: what happens, and where it was seen.
///
/// Source: who told.
///
/// Shows: A1
/// Looks like: E1
///
/// Server:
///     settings, C: and S: lines that always hold
/// Fault:
///     the same, and M: lines; a run "without fault" goes without them
/// Network:
///     the network between client and server, when it is not loopback
/// Network fault:
///     what a run "without fault" goes without
/// Each:
///     | name | column |     a fixture for each row; {column} stands for its text everywhere
/// Message:
///     the bytes that the option "--data -" stands for, escapes allowed
/// Run NAME: probe options
///     what must come of it
/// Control NAME without fault: probe options
///     what must come of it
/// ```
struct FixtureFile {
  private(set) var title = ""
  private(set) var story = ""
  private(set) var source = ""
  /// The lines that say which causes are at work.
  private(set) var truth: [SourceLine] = []
  private(set) var server: [SourceLine] = []
  private(set) var fault: [SourceLine] = []
  private(set) var network: [SourceLine] = []
  private(set) var networkFault: [SourceLine] = []
  private(set) var each: [SourceLine] = []
  private(set) var message: [SourceLine] = []
  private(set) var runs: [RunSection] = []

  /// A `Run` or `Control` heading with the lines below it.
  struct RunSection {
    var heading: SourceLine
    var lines: [SourceLine] = []
  }

  private enum Section {
    case prose, server, fault, network, networkFault, each, message, run
  }

  private static let plainSections = [
    "Server:", "Fault:", "Network:", "Network fault:", "Each:", "Message:",
  ]
  static let sectionWords =
    plainSections + [
      "Run NAME: options", "Control NAME: options", "Control NAME without fault: options",
    ]

  init(_ lines: [SourceLine]) throws(FixtureError) {
    var section = Section.prose
    var prose: [SourceLine] = []
    for line in lines where !line.text.hasPrefix("#") {
      if let next = Self.section(line) {
        section = next
        if next == .run { runs.append(RunSection(heading: line)) }
        continue
      }
      let isIndented = line.text.hasPrefix(" ") || line.text.hasPrefix("\t")
      switch section {
      case .prose:
        guard !isIndented else {
          let near = prose.last.flatMap { nearMiss($0.text, among: Self.plainSections) }
          throw line.error(
            "an indented line belongs to no section", known: Self.sectionWords,
            mend: near.map { "did you mean \"\($0)\" by the line before?" }
              ?? "put a section's heading before it")
        }
        prose.append(line)
      case .server, .fault, .network, .networkFault, .each, .message, .run:
        if line.text.trimmed.isEmpty, section != .message { continue }
        guard isIndented || line.text.isEmpty else {
          throw line.error(
            "\"\(line.text)\" is no section", known: Self.sectionWords,
            mend: Self.headingMeant(by: line.text)
              ?? "indent the line if it belongs to the section above")
        }
        add(line, to: section)
      }
    }
    try readProse(prose)
  }

  private static func section(_ line: SourceLine) -> Section? {
    switch line.text {
    case "Server:": return .server
    case "Fault:": return .fault
    case "Network:": return .network
    case "Network fault:": return .networkFault
    case "Each:": return .each
    case "Message:": return .message
    default:
      let word = line.text.prefix { $0 != " " && $0 != ":" }
      return (word == "Run" || word == "Control") && line.text.contains(":") ? .run : nil
    }
  }

  /// The mend for what looks like a heading.
  private static func headingMeant(by text: String) -> String? {
    if let near = nearMiss(text, among: plainSections) { return "did you mean \"\(near)\"?" }
    let word = String(text.prefix { $0 != " " && $0 != ":" })
    guard let near = nearMiss(word, among: ["Run", "Control"]) else { return nil }
    return text.contains(":")
      ? "did you mean \"\(near)\"?" : "write \"\(near):\", a colon before the options"
  }

  private mutating func add(_ indented: SourceLine, to section: Section) {
    let line = indented.with(text: indented.text)
    switch section {
    case .prose: break
    case .server: server.append(line)
    case .fault: fault.append(line)
    case .network: network.append(line)
    case .networkFault: networkFault.append(line)
    case .each: each.append(line)
    case .message: message.append(indented.withoutIndentation)
    case .run: runs[runs.count - 1].lines.append(line)
    }
  }

  private mutating func readProse(_ lines: [SourceLine]) throws(FixtureError) {
    for line in lines {
      guard let meant = line.truthHeadingMeant else { continue }
      throw line.error(
        "\"\(line.text)\" says nothing", known: FixtureTruth.headings,
        mend: "did you mean \"\(meant)\"?")
    }
    let isTruth = { (line: SourceLine) in FixtureTruth.headings.contains(where: line.text.hasPrefix)
    }
    truth = lines.filter(isTruth)
    let paragraphs =
      lines.filter { !isTruth($0) }.map(\.text)
      .split { $0.isEmpty }
      .map { $0.joined(separator: " ") }
    title = paragraphs.first ?? ""
    source =
      paragraphs.first { $0.hasPrefix("Source: ") }
      .map { String($0.dropFirst("Source: ".count)) } ?? ""
    story = paragraphs.dropFirst().filter { !$0.hasPrefix("Source: ") }.joined(separator: "\n\n")
  }
}
