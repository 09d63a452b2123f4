/// One try to reach one address, kept with its reason when it failed.
package struct ConnectionAttempt: Codable, Sendable, Equatable {
  /// The address in numbers, as `inet_ntop(3)` writes it; a path for a UNIX socket.
  package var address: String
  package var port: Int
  package var start: Microseconds
  package var duration: Microseconds
  /// `nil` when the connection was made.
  package var failure: SystemFailure?
  /// Who told us: `icmp` (the kernel's error queue names the reporter), `rst`, `timeout`, `local`.
  package var failureOrigin: String?

  package init(
    address: String, port: Int, start: Microseconds, duration: Microseconds,
    failure: SystemFailure?, failureOrigin: String?
  ) {
    self.address = address
    self.port = port
    self.start = start
    self.duration = duration
    self.failure = failure
    self.failureOrigin = failureOrigin
  }

  private enum CodingKeys: String, CodingKey {
    case address, port, failure
    case start = "start_us"
    case duration = "duration_us"
    case failureOrigin = "failure_origin"
  }
}

/// When a stage began and how long it took; pipelined stages overlap, and show it.
package struct StageSpan: Codable, Sendable, Equatable {
  package var name: Stage
  package var start: Microseconds
  /// `nil` while the stage is unfinished.
  package var duration: Microseconds?

  package init(name: Stage, start: Microseconds, duration: Microseconds? = nil) {
    self.name = name
    self.start = start
    self.duration = duration
  }

  private enum CodingKeys: String, CodingKey {
    case name
    case start = "start_us"
    case duration = "duration_us"
  }
}

/// One thing of ours that the peer owes an answer to: a command, a TLS flight, the message content.
package struct CommandRecord: Codable, Sendable, Equatable {
  package var stage: Stage
  /// As sent, without CRLF, escaped, secrets replaced; `(TLS ClientHello)`, `(content)` where no line is.
  package var text: String
  /// Offsets in our stream (see ``Ledger``), half open. Under TLS: of the ciphertext that carries it.
  package var start: Int
  package var end: Int
  /// Number of the flight it left in, from 0: commands of one flight were pipelined.
  package var flight: Int
  /// When its last byte was handed to the kernel; `nil` when that has not happened.
  package var written: Microseconds?
  /// Whether the peer answered it in full: with a reply, or a TLS flight by going on.
  package var isAnswered: Bool
  /// Index into the trace's replies; `nil` while unanswered, and for TLS flights always.
  package var reply: Int?

  package init(
    stage: Stage, text: String, start: Int, end: Int, flight: Int, written: Microseconds? = nil,
    isAnswered: Bool = false, reply: Int? = nil
  ) {
    self.stage = stage
    self.text = text
    self.start = start
    self.end = end
    self.flight = flight
    self.written = written
    self.isAnswered = isAnswered
    self.reply = reply
  }

  private enum CodingKeys: String, CodingKey {
    case stage, text, start, end, flight, reply
    case isAnswered = "answered"
    case written = "written_us"
  }
}

/// One complete reply and how it arrived.
package struct ReplyRecord: Codable, Sendable, Equatable {
  /// The command it answers, `nil` for the greeting and for unsolicited replies.
  package var command: String?
  package var stage: Stage
  package var code: Int
  /// RFC 3463 status, `5.1.1`, when the text begins with one and the extension was offered.
  package var enhanced: String?
  /// The lines after their codes, escaped.
  package var lines: [String]
  /// Bytes of this reply in each read that brought some of it; they add up to its length.
  package var reads: [Int]
  /// Number of the first of those reads in the session, from 0: replies that share one came together.
  package var firstRead: Int
  /// Gaps between the reads, microseconds; one fewer than `reads`.
  package var gaps: [Microseconds]
  /// Where the cuts between reads fell: `in_line`, `between_lines`, `inside_crlf`.
  package var cuts: [String]
  /// When it was complete.
  package var at: Microseconds
  /// From the moment it was due (command handed over, or the reply before it complete) until complete.
  package var wait: Microseconds
  /// False when nothing was waiting for it.
  package var wasDue: Bool

  package init(
    command: String?, stage: Stage, code: Int, enhanced: String?, lines: [String], reads: [Int],
    firstRead: Int, gaps: [Microseconds] = [], cuts: [String] = [], at: Microseconds,
    wait: Microseconds, wasDue: Bool
  ) {
    self.command = command
    self.stage = stage
    self.code = code
    self.enhanced = enhanced
    self.lines = lines
    self.reads = reads
    self.firstRead = firstRead
    self.gaps = gaps
    self.cuts = cuts
    self.at = at
    self.wait = wait
    self.wasDue = wasDue
  }

  private enum CodingKeys: String, CodingKey {
    case command, stage, code, enhanced, lines, reads, cuts
    case firstRead = "first_read"
    case gaps = "gaps_us"
    case at = "at_us"
    case wait = "wait_us"
    case wasDue = "was_due"
  }
}

/// One piece handed to the kernel, and what became of it.
package struct SegmentRecord: Codable, Sendable, Equatable {
  /// Offset of its first byte in our stream.
  package var offset: Int
  package var length: Int
  package var stage: Stage
  package var written: Microseconds
  /// Left the host (`SOF_TIMESTAMPING_TX_SOFTWARE`); `nil` where the kernel gave no stamp.
  package var sent: Microseconds?
  /// Passed by a cumulative ACK (`SOF_TIMESTAMPING_TX_ACK`); `nil` where the kernel gave no stamp.
  package var acknowledged: Microseconds?
  /// Whether the kernel's segment counter agrees that it left as one segment; `nil` when no plan
  /// asked for it or the counter cannot tell.
  package var asPlanned: Bool?

  package init(
    offset: Int, length: Int, stage: Stage, written: Microseconds, sent: Microseconds? = nil,
    acknowledged: Microseconds? = nil, asPlanned: Bool? = nil
  ) {
    self.offset = offset
    self.length = length
    self.stage = stage
    self.written = written
    self.sent = sent
    self.acknowledged = acknowledged
    self.asPlanned = asPlanned
  }

  private enum CodingKeys: String, CodingKey {
    case offset, length, stage
    case written = "written_us"
    case sent = "sent_us"
    case acknowledged = "acknowledged_us"
    case asPlanned = "as_planned"
  }
}

/// The kernel's view at the end of a stage, or at the end of the session.
package struct KernelSnapshot: Codable, Sendable, Equatable {
  package var stage: Stage
  package var at: Microseconds
  package var facts: KernelFacts

  package init(stage: Stage, at: Microseconds, facts: KernelFacts) {
    self.stage = stage
    self.at = at
    self.facts = facts
  }

  private enum CodingKeys: String, CodingKey {
    case stage, facts
    case at = "at_us"
  }
}

/// A reply that began and did not end.
package struct PartialReply: Codable, Sendable, Equatable {
  /// The bytes so far, escaped, at most 512 of them from the end.
  package var bytes: String
  /// How many bytes there are in all.
  package var length: Int
  /// When the first and the last of them came.
  package var firstAt: Microseconds
  package var lastAt: Microseconds

  package init(bytes: String, length: Int, firstAt: Microseconds, lastAt: Microseconds) {
    self.bytes = bytes
    self.length = length
    self.firstAt = firstAt
    self.lastAt = lastAt
  }

  private enum CodingKeys: String, CodingKey {
    case bytes, length
    case firstAt = "first_at_us"
    case lastAt = "last_at_us"
  }
}

/// An error that the path reported beside the stream: ICMP, or our own host about a packet's size.
///
/// On a live connection it is a remark (RFC 1122 section 4.2.3.9): TCP goes on trying.
package struct PathErrorRecord: Codable, Sendable, Equatable {
  package var at: Microseconds
  package var failure: SystemFailure
  /// `icmp` or `local`.
  package var origin: String
  /// Numeric address of the sender of the ICMP message; `nil` where the kernel did not keep it.
  package var reporter: String?

  package init(at: Microseconds, failure: SystemFailure, origin: String, reporter: String?) {
    self.at = at
    self.failure = failure
    self.origin = origin
    self.reporter = reporter
  }

  private enum CodingKeys: String, CodingKey {
    case failure, origin, reporter
    case at = "at_us"
  }
}
