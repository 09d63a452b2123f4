import Diagnosis

extension TextLayout {
  /// What each of those concerned can do: words, and under them the line to copy.
  mutating func remedies(_ remedies: Remedies) {
    for (label, remedies) in remedies.groups {
      for (number, remedy) in remedies.enumerated() {
        let label = number == 0 ? label : ""
        if let text = remedy.text {
          field(label, text)
        } else if number == 0 {
          row("  " + label)
        }
        // Near the left edge, so that hardly any has to be broken.
        if let setting = remedy.setting {
          paragraph(setting, indent: 4, hanging: 8, tone: .ours)
        }
      }
    }
  }
}

extension Remedies {
  /// Those who have something to do, by the name that reports give them.
  fileprivate var groups: [(label: String, remedies: [Remedy])] {
    [("Exim", exim), ("Postfix", postfix), ("Linux", kernel), ("receiver", receiver)]
      .filter { !$0.1.isEmpty }
  }

  /// Whether there is nothing for anybody.
  var isEmpty: Bool { groups.isEmpty }
}
