import ArgumentParser
import Manual
import Wire

/// `smtpprobe manual [TOPIC]`: the manual, a page at a time.
struct ManualCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "manual", abstract: "Print a page of the manual, or the list of its pages.")

  @Argument(help: "The topic; without one, the list of topics.")
  var topic: String?

  /// A line a topic, `exit-status   Exit status`.
  static func list(indentedBy indent: Int) -> String {
    let width = (ManualPage.all.map(\.topic.count).max() ?? 0) + 2
    return ManualPage.all.map { page in
      String(repeating: " ", count: indent) + page.topic
        + String(repeating: " ", count: width - page.topic.count) + page.title
    }.joined(separator: "\n")
  }

  func validate() throws {
    guard let topic, ManualPage.page(on: topic) == nil else { return }
    let topics = ManualPage.all.map(\.topic).joined(separator: ", ")
    throw ValidationError("The manual has no page \"\(topic)\". Its topics are \(topics).")
  }

  func run() throws {
    let text = topic.flatMap(ManualPage.page(on:))?.text ?? Self.list(indentedBy: 0) + "\n"
    try reportingErrors { try TextStream.standardOutput.print(Array(text.utf8)) }
  }
}
