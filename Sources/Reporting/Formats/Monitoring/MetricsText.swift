/// Metrics in the text form that Prometheus scrapes and its textfile collector reads (exposition format
/// 0.0.4): for each family `# HELP`, `# TYPE` and its samples, ending in a line feed.
///
/// Names and help are our own words; values of labels may be anybody's, and are shown as a report shows
/// them, so that no label begins a line or ends a quotation.
package struct MetricsText: Sendable {
  /// What the numbers of a family do.
  package enum Kind: String, Sendable {
    /// Goes up and down.
    case gauge
    /// Only grows; its name ends in `_total`.
    case counter
  }

  /// One number of a family, and by which labels it is known among the others.
  package struct Sample: Sendable {
    package var labels: [(name: String, value: String)]
    /// As the format writes numbers: `15`, `0.031`.
    package var value: String

    package init(_ value: Int, _ labels: [(name: String, value: String)] = []) {
      self.labels = labels
      self.value = String(value)
    }

    /// Seconds, the base unit of time there, from microseconds.
    package init(microseconds: Int64, _ labels: [(name: String, value: String)] = []) {
      self.labels = labels
      let fraction = String(microseconds.magnitude % 1_000_000)
      let zeros = String(repeating: "0", count: 6 - fraction.utf8.count)
      let sign = microseconds < 0 ? "-" : ""
      value = "\(sign)\(microseconds.magnitude / 1_000_000).\(zeros)\(fraction)"
    }
  }

  package private(set) var text = ""
  package var bytes: [UInt8] { Array(text.utf8) }

  package init() {}

  /// A family with all of its samples, which have to stand together; nothing without any.
  package mutating func add(_ name: String, _ kind: Kind, help: String, _ samples: [Sample]) {
    guard !samples.isEmpty else { return }
    text += "# HELP \(name) \(Self.escaped(help))\n# TYPE \(name) \(kind.rawValue)\n"
    for sample in samples {
      let labels = sample.labels.map { "\($0.name)=\"\(Self.escaped($0.value, quotes: true))\"" }
      text += name + (labels.isEmpty ? "" : "{" + labels.joined(separator: ",") + "}")
      text += " \(sample.value)\n"
    }
  }

  /// Printable ASCII, in which a backslash, and in labels a quote, stands behind a backslash.
  private static func escaped(_ text: String, quotes: Bool = false) -> String {
    let text = shown(text, limit: 256).replacing(#"\"#, with: #"\\"#)
    return quotes ? text.replacing("\"", with: "\\\"") : text
  }
}
