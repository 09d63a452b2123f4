import Diagnosis

/// A dot for each session of one side of an experiment: red for those that failed.
struct OutcomeDots: Drawing {
  let failed: Int
  let total: Int

  private static let perRow = 14
  private static let most = 56

  var caption: String { "\(failed) of \(count(total, "session")) failed" }

  var figure: String? {
    let shown = min(total, Self.most)
    guard shown > 0 else { return "<span>no session</span>" }
    var content = ""
    for number in 0..<shown {
      let (x, y) = (5 + 10 * (number % Self.perRow), 6 + 11 * (number / Self.perRow))
      let style = number < failed ? "flost" : "fin"
      content += "<circle cx=\"\(x)\" cy=\"\(y)\" r=\"3.8\" class=\"\(style)\"/>"
    }
    let height = 12 + 11 * ((shown - 1) / Self.perRow)
    return svg(width: 10 * Self.perRow, height: height, label: caption, content)
  }
}
