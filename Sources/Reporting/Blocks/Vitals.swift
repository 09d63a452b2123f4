/// What monitoring wants to know of a document: whether all is well, in a sentence, and the numbers.
package struct Vitals: Sendable, Equatable {
  /// How it stands with what was looked at, by the words of monitoring plugins.
  package enum Health: Int, Sendable {
    case ok, warning, critical, unknown
  }

  package var health: Health
  package var sentence: String
  package var metrics: [Metric]

  package init(health: Health, sentence: String, metrics: [Metric]) {
    self.health = health
    self.sentence = sentence
    self.metrics = metrics
  }
}

/// Numbers of one kind, under a name as Prometheus wants it.
package struct Metric: Sendable, Equatable {
  package var name: String
  package var kind: MetricsText.Kind
  /// What is counted or measured, a sentence of our own.
  package var help: String
  package var samples: [MetricsText.Sample]
  /// The word for the first sample where numbers stand in one line, and its unit: `s`, `B` or none;
  /// `nil` where it has no place there.
  package var short: (label: String, unit: String)?

  package init(
    _ name: String, _ kind: MetricsText.Kind = .gauge, help: String,
    _ samples: [MetricsText.Sample], short: (label: String, unit: String)? = nil
  ) {
    self.name = name
    self.kind = kind
    self.help = help
    self.samples = samples
    self.short = short
  }

  package static func == (left: Metric, right: Metric) -> Bool {
    left.name == right.name && left.kind == right.kind && left.help == right.help
      && left.samples == right.samples && left.short?.label == right.short?.label
      && left.short?.unit == right.short?.unit
  }
}
