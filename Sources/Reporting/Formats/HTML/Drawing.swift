import SessionTrace

/// A picture in a page: SVG, or elements that need no more than the style sheet.
protocol Drawing {
  /// The markup; `nil` where there is nothing to see.
  var figure: String? { get }
  /// What it shows, in a line; our own words.
  var caption: String { get }
}

extension Drawing {
  /// An image of `width` by `height` units, which the page makes as wide as there is room; `label` says to
  /// whoever cannot see it what there is.
  func svg(width: Int, height: Int, label: String, _ content: String) -> String {
    "<svg viewBox=\"0 0 \(width) \(height)\" role=\"img\" aria-label=\"\(htmlText(label))\">\n"
      + content + "</svg>\n"
  }

  /// A line of text; `classes` are those of the style sheet.
  func svgText(_ x: Int, _ y: Int, _ classes: String, _ text: String) -> String {
    "<text x=\"\(x)\" y=\"\(y)\" class=\"\(classes)\">\(htmlText(text))</text>\n"
  }

  func svgLine(_ x1: Int, _ y1: Int, _ x2: Int, _ y2: Int, _ classes: String) -> String {
    "<line x1=\"\(x1)\" y1=\"\(y1)\" x2=\"\(x2)\" y2=\"\(y2)\" class=\"\(classes)\"/>\n"
  }

  func svgBox(_ x: Int, _ y: Int, _ width: Int, _ height: Int, _ classes: String) -> String {
    "<rect x=\"\(x)\" y=\"\(y)\" width=\"\(width)\" height=\"\(height)\" class=\"\(classes)\"/>\n"
  }
}

/// `text`, its end left out where it has more than so many letters.
func cut(_ text: String, _ most: Int) -> String {
  text.utf8.count <= most ? text : text.prefix(max(0, most - 2)) + ".."
}
