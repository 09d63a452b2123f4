package import SessionOptions
package import SessionTrace

/// The one thing in which the sessions of an experiment differ from the control.
///
/// All that is known of one is stated by its factory, in the file of its topic: a new variation is a new
/// factory, and a rule that asks for it.
package struct Variation: Sendable {
  /// What is varied, as the report names it: `pipelining`, `envelope_size`.
  package let name: String
  /// The variant's value, short: `off`, `512`.
  package let value: String
  /// The variant in a sentence: `with --pipelining off`, `in clear text`.
  package let phrase: String
  /// What a session with it costs beside one without: time, or bytes.
  var cost = 1.0
  /// What it shows more of; `nil` where it changes something.
  var observation: Experiment.Observation.Kind?
  /// How long each reply is waited for, where that is what it changes.
  package var wait: Microseconds?
  /// Bytes of the envelope, where it is another size that it asks for and nothing else.
  package var envelopeSize: Int?
  /// RCPT commands, where their number is what it changes.
  var recipientCount: Int?
  /// Whether it goes to, or comes from, a place that may be shut by itself.
  var leadsElsewhere = false
  /// The cause whose remedies on the sending side do the same; `nil` where none does.
  ///
  /// A variation that takes a failure away is itself the workaround, whatever the cause is.
  package var remedy: CauseID?
  /// What the control has where the variant has this; `nil` for its option of the same name.
  var controlValue: (@Sendable (Control) -> String)?
  /// Why a session with it says nothing about it, where its trace shows that.
  var obstacle: @Sendable (Trace, _ beside: Control) -> String? = { _, _ in nil }
  /// What is known of sessions with it that was otherwise before.
  var learn: @Sendable (inout Subject) -> Void = { _ in }
  /// What it does to the options of the control.
  let apply: @Sendable (inout SessionOptions, _ beside: Control) throws(Obstacle) -> Void
}

/// Two that a report cannot tell apart are one.
extension Variation: Hashable {
  package static func == (left: Variation, right: Variation) -> Bool {
    left.phrase == right.phrase && left.value == right.value && left.name == right.name
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(value)
    hasher.combine(phrase)
  }
}

extension Variation {
  /// Whether it changes nothing about a session, and only shows more of it.
  package var onlyObserves: Bool { observation != nil }

  /// The name of a variation that goes to another address.
  static let addressName = "address"

  /// Whether it goes to another address of the target. Of those that lead elsewhere no other is sure to reach
  /// another server.
  var isOtherAddress: Bool { name == Self.addressName }

  /// The change that it makes to the options of the control; what that excludes goes.
  package func change(
    _ options: inout SessionOptions, beside control: Control
  ) throws(Obstacle) {
    try options.change { (options) throws(Obstacle) in try apply(&options, control) }
  }

  /// What the control has where the variant has this.
  func value(in control: Control) -> String {
    controlValue?(control) ?? control.trace.options[name]?.text ?? "none"
  }
}

/// Why a session cannot be varied: a sentence without a full stop.
package struct Obstacle: Error, Sendable, CustomStringConvertible {
  package let description: String

  /// An obstacle in words.
  package init(_ description: String) { self.description = description }
}

/// One session of an investigation.
package struct Trial: Hashable, Sendable {
  /// In the order in which they were asked for, from 1.
  package let number: Int
  /// `nil` for the control.
  package let variation: Variation?
  /// What is varied in the control already: what gets past the failures before this one.
  package let base: [Variation]
  /// How long it waits for each reply, where that is shorter than its user would.
  package let wait: Microseconds?
  /// How long all of it may take, where that is less than a session of a diagnosis may take anyway.
  package let total: Microseconds?
  /// How long nothing is asked of the server before it begins.
  package let pause: Microseconds

  package init(
    number: Int, variation: Variation?, base: [Variation] = [], wait: Microseconds? = nil,
    total: Microseconds? = nil, pause: Microseconds = 0
  ) {
    self.number = number
    self.variation = variation
    self.base = base
    self.wait = wait
    self.total = total
    self.pause = pause
  }
}
