package import SessionTrace

/// The stages of a session over its time; pipelined stages overlap.
package struct Timeline: Sendable, Equatable {
  /// One stage; `duration` is `nil` where no end was seen.
  package struct Span: Sendable, Equatable {
    package var name: String
    package var start: Microseconds
    package var duration: Microseconds?
    package var status: StageStatus
  }

  package var spans: [Span]
  package var duration: Microseconds
}

/// The pieces of our stream, and the replies to it.
package struct Ladder: Sendable, Equatable {
  /// A reply, when its last byte was read.
  package struct Reply: Sendable, Equatable {
    package var at: Microseconds
    package var stage: Stage
    package var code: Int
  }

  /// What the pieces are: segments, or writes to a UNIX socket.
  package var title: String
  /// With the times at which each was written, sent and acknowledged.
  package var segments: [SegmentRecord]
  /// Segments that the trace has not kept.
  package var omitted: Int
  package var replies: [Reply]
  package var duration: Microseconds
  /// Who is on the other side.
  package var server = ""
  /// From the first SYN until the connection stood; `nil` when it never did.
  package var opening: Range<Microseconds>?
  /// The wait that ended the session; `nil` when none did.
  package var silence: Range<Microseconds>?
  /// What did not come in it, in our own words.
  package var silenceInWords = ""
  package var ending = End.open

  /// How the connection ended.
  package enum End: Sendable, Equatable {
    /// It did not, or nothing is known of it.
    case open
    case byUs, closed, reset
  }

  /// Whether the pieces say something one by one: a plan cut them, or they are few.
  package var isTelling: Bool {
    !segments.isEmpty && (segments.count <= 12 || segments.contains { $0.asPlanned != nil })
  }
}

/// A value of a sweep, and what came of it.
package struct StripMark: Sendable, Equatable {
  package enum Result: String, Sendable {
    case passes, fails, intermittent, untestable
  }

  package var value: Int
  package var result: Result
  /// `stalled@mail`; empty where nothing was seen.
  package var outcome: String
  package var tries: Int
  package var failed: Int
}

/// One line of a dialogue.
package struct DialogueRow: Sendable, Equatable {
  package enum Speaker: Sendable { case we, they, nobody, violation }

  package var at: Microseconds?
  package var speaker: Speaker
  package var text: String
  package var remark = ""
}

/// A run as those programs know it that count failures.
package struct TestCase: Sendable, Equatable {
  /// What is not simply well, by the word that says it.
  package enum Verdict: String, Sendable {
    case failure, error, skipped
  }

  /// What it belongs to.
  package var suite: String
  package var name: String
  package var duration: Microseconds
  /// `nil` when all is well.
  package var verdict: Verdict?
  /// The reasons; the first is the message.
  package var details: [String]

  /// A case of that suite.
  package init(
    suite: String, name: String, duration: Microseconds, verdict: Verdict?, details: [String]
  ) {
    self.suite = suite
    self.name = name
    self.duration = duration
    self.verdict = verdict
    self.details = details
  }
}
