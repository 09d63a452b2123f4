/// A misbehaving server or path: its story, its script, and the runs that prove it.
package struct Fixture: Sendable, Equatable {
  /// The file's base name; behind a table of variants, with the variant's name: `silent-at-mail`.
  package var name: String
  /// The folder: `close`, `data`, `tls`.
  package var family: String
  /// One line.
  package var title: String
  /// The prose: what happens and where it was seen. Paragraphs stay apart by an empty line.
  package var story: String
  /// Where the behaviour is known from.
  package var source: String
  /// What is at work in it.
  package var truth: FixtureTruth
  /// The server with its faults and its middleboxes.
  package var faulty: ServerScript
  /// The same server without the `Fault:` section.
  package var sound: ServerScript
  /// The network it needs; `nil` when loopback will do.
  package var network: FixtureNetwork?
  /// What the option `--data -` stands for in the runs; empty when the file has no message.
  package var message: [UInt8]
  package var runs: [FixtureRun]

  package init(
    name: String, family: String, title: String, story: String, source: String,
    truth: FixtureTruth, faulty: ServerScript, sound: ServerScript, network: FixtureNetwork? = nil,
    message: [UInt8],
    runs: [FixtureRun]
  ) {
    self.name = name
    self.family = family
    self.title = title
    self.story = story
    self.source = source
    self.truth = truth
    self.faulty = faulty
    self.sound = sound
    self.network = network
    self.message = message
    self.runs = runs
  }

  /// The script to play.
  package func script(faultsEnabled: Bool) -> ServerScript { faultsEnabled ? faulty : sound }
}

/// One probe run against a fixture, and what must come of it.
package struct FixtureRun: Sendable, Equatable {
  /// Unique within its fixture: `513`, `control`.
  package var name: String
  /// The probe's own words, as on its command line; the lab does not read them.
  package var options: [String]
  /// Whether this run shows that the probe is not the one that is broken: it must come out `ok`.
  package var isControl: Bool
  /// Whether the fixture's faults act; a control may instead choose options that avoid them.
  package var faultsEnabled: Bool
  package var expectation: Expectation

  package init(
    name: String, options: [String], isControl: Bool, faultsEnabled: Bool,
    expectation: Expectation
  ) {
    self.name = name
    self.options = options
    self.isControl = isControl
    self.faultsEnabled = faultsEnabled
    self.expectation = expectation
  }
}
