import ArgumentParser
import Diagnosis
import Lab
import Manual
import Reporting
import SessionTrace
import Wire

/// `smtpprobe manual [TOPIC]`: the manual, a page at a time.
struct ManualCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "manual", abstract: "Print a page of the manual, or the list of its pages.",
    discussion: """
      For packages: --man is smtpprobe(1) for man(1), --man lab is smtpprobe-lab(1), and --man-pages \
      writes them all; --completion is what a shell completes by.

      EXAMPLES
        smtpprobe manual exit-status
        smtpprobe manual --man | man -l -
        smtpprobe manual --man-pages /usr/local/share/man/man1
        smtpprobe manual --completion bash > ~/.local/share/bash-completion/completions/smtpprobe
      """)

  /// A shell that completes.
  enum Shell: String, ExpressibleByArgument, CaseIterable {
    case bash, zsh, fish
  }

  @Argument(help: "The topic; without one, the list of topics.")
  var topic: String?

  @Flag(help: "Print the manual page smtpprobe(1), mdoc(7); with a command that of the command.")
  var man = false

  @Option(
    help: ArgumentHelp("Write all manual pages into this folder.", valueName: "folder"),
    completion: .directory)
  var manPages: String?

  @Option(help: "Print the completions of a shell.")
  var completion: Shell?

  /// A line a topic, `exit-status   Exit status`.
  static func list(indentedBy indent: Int) -> String {
    let width = (ManualPage.all.map(\.topic.count).max() ?? 0) + 2
    return ManualPage.all.map { page in
      String(repeating: " ", count: indent) + page.topic
        + String(repeating: " ", count: width - page.topic.count) + page.title
    }.joined(separator: "\n")
  }

  func validate() throws {
    guard [topic != nil || man, manPages != nil, completion != nil].count(where: \.self) < 2 else {
      throw ValidationError(
        "TOPIC or --man, --man-pages and --completion exclude each other.")
    }
    if man, let topic {
      let names = Self.papers.dropFirst().map { $0.name.dropFirst("smtpprobe-".count) }
      guard !names.contains(topic[...]) else { return }
      throw ValidationError(
        "There is no command \"\(topic)\". Those are \(names.joined(separator: ", ")).")
    }
    guard let topic, ManualPage.page(on: topic) == nil else { return }
    let known = ManualPage.all.map(\.topic)
    let topics = known.joined(separator: ", ")
    let part = topic.count > 2 ? known.first { $0.contains(topic.lowercased()) } : nil
    let near = part ?? nearMiss(topic, among: known)
    let meant = near.map { " Did you mean \($0)?" } ?? ""
    throw ValidationError("The manual has no page \"\(topic)\". Its topics are \(topics).\(meant)")
  }

  func run() throws {
    if let manPages { return try reportingErrors { try Self.write(into: manPages) } }
    let text =
      try paper ?? topic.flatMap(ManualPage.page(on:))?.text ?? Self.list(indentedBy: 0) + "\n"
    try reportingErrors { try TextStream.standardOutput.print(Array(text.utf8)) }
  }

  /// What is made of the tables of the tool.
  private var paper: String? {
    get throws {
      if man {
        let name = topic.map { "smtpprobe-" + $0 } ?? "smtpprobe"
        return Self.papers.first { $0.name == name }?.text
      }
      guard let completion, let tool = CommandPaper(of: SMTPProbe.self) else { return nil }
      let table = CompletionTable(of: tool, lists: try Self.lists())
      return switch completion {
      case .bash: table.bash
      case .zsh: table.zsh
      case .fish: table.fish
      }
    }
  }

  /// Every page for `man`, the tool's own first.
  private static var papers: [(name: String, text: String)] {
    CommandPaper(of: SMTPProbe.self).map {
      Manual.manPages(of: $0, version: toolVersion, date: toolDate)
    } ?? []
  }

  private static func write(into folder: String) throws(ExitMessage) {
    for paper in papers {
      let path = "\(folder)/\(paper.name).1"
      let failure: SystemFailure?
      do throws(WireError) {
        failure = try ReportFile(path: path).write(Array(paper.text.utf8))
      } catch {
        failure = error.failure
      }
      if let failure {
        throw ExitMessage(status: .cannotWrite, text: "\(path): \(failure.text)")
      }
    }
  }

  /// What may stand for a value, by its name.
  private static func lists() throws -> [String: [String]] {
    let fixtures = try FixtureLibrary.embedded().fixtures.map(\.name)
    let statuses = SessionStatus.allCases.map(\.rawValue)
    return [
      "target": fixtures.map { "lab:" + $0 } + ["mx:", "unix:"],
      "fixture": fixtures,
      "filter": fixtures,
      "id or words": Catalogue.causes.flatMap { [$0.id.rawValue, $0.code] }
        + Catalogue.remarks.map(\.id.rawValue),
      "topic": ManualPage.all.map(\.topic),
      "kind": DocumentKind.allValueStrings,
      "format": ReportFormat.all.map(\.name),
      "expect": statuses
        + statuses.flatMap { status in
          Stage.allCases.map { "\(status)@\($0.rawValue)" }
        },
    ]
  }
}
