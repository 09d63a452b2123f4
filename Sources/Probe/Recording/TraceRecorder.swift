import Authentication
import SMTPDialogue
import SessionTrace
import Wire

/// Writes the trace of a session while it runs: offsets, times, and nothing that was inferred.
///
/// Times that come in are the network's; times in the trace count from the session's start.
struct TraceRecorder {
  var trace: Trace
  /// The network's clock when the session began.
  let start: Microseconds
  /// Bytes prepared for the wire: where the next flight will begin.
  private(set) var prepared = 0
  private var flights = 0
  var book = CommandBook()
  /// When the reply that is due now became due.
  var dueSince: Microseconds = 0
  /// When the last reply was complete, or the first became due.
  var lastReply: Microseconds = 0
  /// Bytes that were known to be acknowledged when last looked at.
  var seenAcknowledged = 0
  /// Replies that nobody waited for.
  var unsolicited = 0
  var readLog = ReadLog()
  /// What is left for the text of replies.
  var replyRoom = ReplyRecord.Room()
  /// Takes our secrets out of what the server says.
  var redactor = SecretRedactor()
  private var isContentDropped = false
  var splitChecks = SplitCheck()

  init(plan: SessionPlan, now: Microseconds, wallClock: Microseconds) {
    start = now
    let target = plan.target
    let port: Int? = if case .unix = target.place { nil } else { target.port }
    trace = Trace(
      startedAt: rfc3339(microsecondsSinceEpoch: wallClock), arguments: plan.arguments,
      target: TargetRecord(
        given: escapedText(target.given.utf8), host: escapedText(target.name.utf8), port: port))
    trace.options = plan.options
    if let setup = plan.authentication {
      redactor = SecretRedactor(password: setup.credentials.password)
    }
  }

  /// One for the next host, to which another connection is made: of the one before is kept that it was tried, and
  /// why it will not do. Times go on from the session's start.
  func withNextHost(
    at now: Microseconds, failure: SystemFailure, note: String
  ) -> TraceRecorder {
    var next = TraceRecorder(continuing: self)
    let old = trace
    next.trace.options = old.options
    next.trace.failedLookups = old.failedLookups
    next.trace.tlsPolicies = old.tlsPolicies
    next.trace.notes = old.notes + [note]
    next.trace.stages = Array(old.stages.prefix { $0.name <= .connect })
    next.trace.attempts = old.attempts
    if let last = next.trace.attempts.indices.last {
      next.trace.attempts[last].failure = failure
      next.trace.attempts[last].duration = relative(now) - old.attempts[last].start
    }
    next.begin(.connect, at: now)
    return next
  }

  private init(continuing old: TraceRecorder) {
    start = old.start
    trace = Trace(
      startedAt: old.trace.startedAt, arguments: old.trace.arguments, target: old.trace.target)
    redactor = old.redactor
    unsolicited = old.unsolicited
  }

  /// Of the commands that the dialogue counts, how many have gone to the kernel whole.
  var commandsHandedOver: Int { book.handedOver }

  func relative(_ moment: Microseconds) -> Microseconds { max(0, moment - start) }
}

// MARK: - Stages

extension TraceRecorder {
  /// Opens a span for `stage` unless one is open; one that ended just before goes on.
  ///
  /// Without pipelining every recipient is a round trip, and all of them are one stage.
  mutating func begin(_ stage: Stage, at now: Microseconds) {
    guard !isOpen(stage) else { return }
    if let last = trace.stages.indices.last, trace.stages[last].name == stage {
      trace.stages[last].duration = nil
    } else {
      trace.stages.append(StageSpan(name: stage, start: relative(now)))
    }
  }

  /// Closes the open span of `stage`.
  mutating func end(_ stage: Stage, at now: Microseconds) {
    for index in trace.stages.indices.reversed()
    where trace.stages[index].name == stage && trace.stages[index].duration == nil {
      trace.stages[index].duration = relative(now) - trace.stages[index].start
      return
    }
  }

  private func isOpen(_ stage: Stage) -> Bool {
    trace.stages.contains { $0.name == stage && $0.duration == nil }
  }
}

// MARK: - Our bytes

extension TraceRecorder {
  /// A flight of commands was prepared; `ends` are the wire offsets, within it, where each ends.
  mutating func prepared(_ commands: [Command], ends: [Int], length: Int, at now: Microseconds) {
    var from = 0
    for (command, end) in zip(commands, ends) {
      add(command.verb, command.text, (prepared + from)..<(prepared + end))
      begin(command.stage, at: now)
      from = end
    }
    flights += 1
    prepared += length
    // The SYN may have carried them already.
    markWritten(at: now)
  }

  private mutating func add(_ verb: Verb, _ text: String, _ range: Range<Int>) {
    let stage = verb.row.stage
    book.opened(at: trace.commands.count, stage)
    trace.commands.append(
      CommandRecord(
        stage: stage, text: text, start: range.lowerBound, end: range.upperBound, flight: flights))
  }

  /// The header of the PROXY protocol was prepared: the greeting answers it, or TLS by going on.
  mutating func preparedHeader(_ text: String, length: Int) {
    trace.commands.append(
      CommandRecord(
        stage: .connect, text: text, start: prepared, end: prepared + length, flight: flights))
    flights += 1
    prepared += length
  }

  /// A TLS flight was prepared; `name` is `nil` when nobody owes it an answer.
  mutating func preparedTLS(_ name: String?, length: Int) {
    if let name {
      trace.commands.append(
        CommandRecord(
          stage: .tls, text: name, start: prepared, end: prepared + length, flight: flights))
      flights += 1
    }
    prepared += length
  }

  /// Content begins that is one command to the peer: all of it with its end, or a chunk with its line.
  mutating func beganContent(_ verb: Verb, _ text: String, at now: Microseconds) {
    // Of several messages the last is told of, and not what was begun of one that met nobody.
    if trace.content?.isComplete != false || isContentDropped {
      trace.content = ContentRecord(start: prepared)
      isContentDropped = false
    }
    add(verb, text, prepared..<prepared)
    flights += 1
    begin(.body, at: now)
  }

  /// Nothing more of the message will leave; another one may.
  mutating func droppedContent() { isContentDropped = true }

  /// Wire bytes of content were prepared, made from `taken` bytes of the message.
  mutating func preparedContent(length: Int, taken: Int, endsCommand: Bool, endsMessage: Bool) {
    prepared += length
    trace.content?.taken += taken
    if endsMessage {
      trace.content?.endOfData = prepared
      trace.content?.isComplete = true
    }
    // Nothing else is said between the beginning of content and its end.
    if endsCommand, let index = trace.commands.indices.last { trace.commands[index].end = prepared }
  }

  /// `count` bytes went to the kernel; `completes` says that they were all that was left of `piece`.
  mutating func wrote(_ count: Int, of piece: Piece, completes: Bool, at now: Microseconds) {
    trace.segments.append(
      SegmentRecord(
        offset: trace.ledger.written, length: count, stage: piece.stage, written: relative(now),
        asPlanned: splitChecks.note(count, of: piece, completes: completes)))
    trace.ledger.written += count
    markWritten(at: now)
  }

  /// The peer's SYN-ACK covered `count` bytes that left in our SYN.
  mutating func wroteInSYN(_ count: Int, at now: Microseconds) {
    guard count > 0 else { return }
    trace.segments.append(
      SegmentRecord(offset: 0, length: count, stage: .ehlo, written: relative(now)))
    trace.ledger.written += count
    markWritten(at: now)
  }

  /// Bytes that left beside the dialogue while it waited, and what they brought.
  mutating func insertedBytes(
    _ count: Int, received: Int, stage: Stage, at now: Microseconds
  ) {
    prepared += count
    trace.segments.append(
      SegmentRecord(
        offset: trace.ledger.written, length: count, stage: stage, written: relative(now)))
    trace.ledger.written += count
    trace.ledger.received += received
  }

  private mutating func markWritten(at now: Microseconds) {
    while let index = book.takeWritten(trace.commands, within: trace.ledger.written) {
      trace.commands[index].written = relative(now)
      if trace.commands[index].stage == .dot, trace.content != nil {
        end(.body, at: now)
        begin(.dot, at: now)
      }
      dueSince = now
    }
  }
}
