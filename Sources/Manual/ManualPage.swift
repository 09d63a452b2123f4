/// A page of the manual, as `smtpprobe manual TOPIC` prints it.
package struct ManualPage: Sendable, Equatable {
  /// The word that names it: `exit-status`.
  package let topic: String
  /// Its first heading.
  package let title: String
  /// Markdown, whole, with a line end at its end.
  package let text: String

  /// A page from the file that holds it: `05-exit-status.md`, where the number is its place.
  init(path: String, text: String) {
    let name = path.split(separator: ".").first ?? ""
    topic = String(name.drop { $0.isNumber || $0 == "-" })
    title = String(text.prefix { $0 != "\n" }.drop { $0 == "#" || $0 == " " })
    self.text = text
  }
}

extension ManualPage {
  /// Every page, in the order in which a newcomer needs them.
  package static let all = embeddedFiles.map { ManualPage(path: $0.path, text: $0.text) }

  /// The page of that topic.
  package static func page(on topic: String) -> ManualPage? { all.first { $0.topic == topic } }
}
