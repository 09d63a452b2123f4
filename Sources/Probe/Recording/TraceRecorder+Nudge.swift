import SMTPDialogue
import SessionTrace
import Wire

extension TraceRecorder {
  /// Whether nothing of ours lacks its answer.
  var isEverythingAnswered: Bool { trace.commands.allSatisfy(\.isAnswered) }

  /// A nudge in the middle of the stream: its bytes are part of it, and of no command.
  mutating func inserted(_ outcome: Nudge.Outcome, at now: Microseconds) {
    insertedBytes(outcome.written, received: outcome.record.receivedBytes, stage: .quit, at: now)
    add(outcome, nil)
  }

  /// What a nudge and a look at the path found.
  mutating func add(_ outcome: Nudge.Outcome?, _ length: PathLength?) {
    if let outcome {
      var record = outcome.record
      record.text = escapedText(redactor.redacted(outcome.text, cut: [.start, .end]))
      record.sent = relative(record.sent)
      record.acknowledged = record.acknowledged.map(relative)
      record.first = record.first.map(relative)
      trace.nudge = record
    }
    guard length != nil || outcome?.greatestTTL != nil else { return }
    var hops = trace.hops ?? HopsRecord()
    if let outcome {
      hops.acknowledgedAtTTL = outcome.acknowledgedAtTTL
      hops.greatestTTL = outcome.greatestTTL
    }
    if let length {
      hops.pathHops = length.hops
      hops.reporters = length.reporters
    }
    trace.hops = hops
  }
}
