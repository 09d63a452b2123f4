/// A page of HTML, written from its head on; words of anybody pass ``htmlText(_:)``.
struct HTMLPage {
  private(set) var body = ""

  /// Markup of our own.
  mutating func raw(_ markup: String) { body += markup }

  /// An element of one line with that text.
  mutating func element(_ name: String, _ text: String, attributes: String = "") {
    body += "<\(name)\(attributes)>\(htmlText(text))</\(name)>\n"
  }

  /// An element round what `content` writes.
  mutating func inside(
    _ name: String, attributes: String = "", _ content: (inout HTMLPage) -> Void
  ) {
    body += "<\(name)\(attributes)>\n"
    content(&self)
    body += "</\(name)>\n"
  }

  /// The whole file: nothing is loaded from anywhere, and nothing in it runs.
  func document(title: String) -> [UInt8] {
    Array(
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
      <meta name="referrer" content="no-referrer">
      <title>\(htmlText(title))</title>
      <style>
      \(HTMLStyle.sheet)
      </style>
      </head>
      <body>
      <main>
      \(body)</main>
      </body>
      </html>

      """.utf8)
  }
}

/// Text as it may stand in HTML and SVG, between tags and in quoted attributes alike: printable ASCII, in
/// which what HTML reserves is written as references.
func htmlText(_ text: String) -> String { xmlText(shown(text)) }

extension Tone {
  /// The class that the style sheet has for it.
  var htmlClass: String {
    switch self {
    case .plain: ""
    case .heading: "strong"
    case .good: "good"
    case .bad: "bad"
    case .warning: "warning"
    case .ours: "ours"
    case .quiet: "quiet"
    }
  }

  /// ` class="bad"`; empty for plain.
  var htmlAttribute: String { htmlClass.isEmpty ? "" : " class=\"\(htmlClass)\"" }
}
