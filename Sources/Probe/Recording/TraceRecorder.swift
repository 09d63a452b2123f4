import SMTPDialogue
import SessionTrace
import Wire
import SessionOptions

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
  /// For each command the dialogue counts, its place in the trace: TLS flights stand between them.
  private var dialogueCommands: [Int] = []
  /// First command that may still lack its written time, and first that may lack its answer.
  private var firstUnwritten = 0
  private var firstUnanswered = 0
  /// Of the commands that the dialogue counts, how many have gone to the kernel whole.
  private(set) var commandsHandedOver = 0
  /// TLS flights that nobody owed an answer when the handshake was done: our own last word in it.
  private var unowed: Set<Int> = []
  /// Commands of each stage without an answer.
  private var unanswered: [Stage: Int] = [:]
  /// When the reply that is due now became due.
  private(set) var dueSince: Microseconds = 0
  /// When the last reply was complete, or the first became due.
  private var lastReply: Microseconds = 0
  /// Bytes that were known to be acknowledged when last looked at.
  private var seenAcknowledged = 0
  private var unsolicited = 0
  /// The most replies and violations kept that nothing of ours bounds.
  private static let mostUnsolicited = 256
  private var readLog = ReadLog()
  private var splitChecks = SplitCheck()

  init(plan: SessionPlan, now: Microseconds, wallClock: Microseconds) {
    start = now
    let target = plan.target
    let port: Int? = if case .unix = target.place { nil } else { target.port }
    trace = Trace(
      startedAt: rfc3339(microsecondsSinceEpoch: wallClock), arguments: plan.arguments,
      target: TargetRecord(given: target.given, host: target.name, port: port))
    trace.options = plan.options
  }

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
    dialogueCommands.append(trace.commands.count)
    trace.commands.append(
      CommandRecord(
        stage: stage, text: text, start: range.lowerBound, end: range.upperBound, flight: flights))
    unanswered[stage, default: 0] += 1
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
    if trace.content == nil { trace.content = ContentRecord(start: prepared) }
    add(verb, text, prepared..<prepared)
    flights += 1
    begin(.body, at: now)
  }

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
    while firstUnwritten < trace.commands.count {
      let command = trace.commands[firstUnwritten]
      let endsContent = command.stage == .dot && trace.content != nil
      // What has not been prepared to its end has no length yet.
      guard command.end <= trace.ledger.written, command.end > command.start else { return }
      trace.commands[firstUnwritten].written = relative(now)
      firstUnwritten += 1
      while commandsHandedOver < dialogueCommands.count,
        dialogueCommands[commandsHandedOver] < firstUnwritten
      {
        commandsHandedOver += 1
      }
      if endsContent {
        end(.body, at: now)
        begin(.dot, at: now)
      }
      dueSince = now
    }
  }

  /// Transmit and acknowledgement times from the kernel.
  mutating func stamped(_ stamps: [TransmitTimestamp]) {
    for stamp in stamps {
      let moment = relative(stamp.at)
      if stamp.kind == .acknowledged { sawAcknowledged(upTo: stamp.lastByte + 1, at: moment) }
      trace.segments.updateFromNewest { segment in
        let last = segment.offset + segment.length - 1
        if last == stamp.lastByte {
          switch stamp.kind {
          case .sent, .scheduled: segment.sent = segment.sent ?? moment
          case .acknowledged: segment.acknowledged = moment
          }
        }
        return last > stamp.lastByte
      }
    }
  }

  /// What the path said beside the stream.
  mutating func reported(_ errors: [SocketErrorReport]) {
    for error in errors where trace.pathErrors.count < 100 {
      trace.pathErrors.append(
        PathErrorRecord(
          at: relative(error.at), failure: error.failure, origin: error.origin.rawValue,
          reporter: error.reporter))
    }
  }

  /// Compares the kernel's segment counter with the plan since the last call.
  mutating func checkSegments(_ facts: KernelFacts) {
    guard let judgement = splitChecks.judge(facts) else { return }
    trace.segments.updateFromNewest { segment in
      guard segment.offset >= judgement.from else { return false }
      segment.asPlanned = judgement.verdict(on: segment)
      return true
    }
  }

  /// Marks where the planned pieces of a flight begin.
  mutating func startSegmentCheck(_ facts: KernelFacts) {
    splitChecks.start(at: trace.ledger.written, facts: facts)
  }

  var isCheckingSegments: Bool { splitChecks.isRunning }
}

// MARK: - The peer's bytes

extension TraceRecorder {
  /// One read from the socket brought `count` bytes, of which `clear` is what TLS left.
  mutating func read(_ count: Int, clear: [UInt8], at moment: Microseconds) {
    trace.ledger.received += count
    readLog.append(clear, at: moment)
  }

  /// A reply is complete; true when it was the last that its stage waited for.
  mutating func replied(_ answer: AnsweredReply, at now: Microseconds) -> Bool {
    let arrival = readLog.arrival(of: answer.byteRange)
    let index = answer.command.flatMap {
      dialogueCommands.indices.contains($0) ? dialogueCommands[$0] : nil
    }
    guard answer.wasDue || keepsUnsolicited() else { return false }
    // Refused before any of the content had left: its end will not be written any more.
    if answer.stage == .dot, let index, trace.commands[index].written == nil {
      end(.body, at: now)
      begin(.dot, at: now)
    }
    let written = index.map { start + (trace.commands[$0].written ?? relative(now)) } ?? start
    trace.replies.append(
      ReplyRecord(
        command: index.map { trace.commands[$0].text }, stage: answer.stage,
        code: answer.reply.code, enhanced: answer.reply.enhanced,
        lines: answer.reply.lines.map { escapedText($0) },
        linePrefixes: answer.reply.prefixes?.map { escapedText($0) }, reads: arrival.reads,
        firstRead: arrival.firstRead, gaps: arrival.gaps, cuts: arrival.cuts, at: relative(now),
        wait: max(0, now - max(lastReply, written)), wasDue: answer.wasDue))
    // What nobody waited for must not give what is waited for more time.
    guard answer.wasDue else { return false }
    due(at: now)
    return closeBooks(on: index, stage: answer.stage, at: now)
  }

  /// The command has its answer; true when no other of its stage is without one.
  private mutating func closeBooks(on index: Int?, stage: Stage, at now: Microseconds) -> Bool {
    if let index {
      trace.commands[index].isAnswered = true
      trace.commands[index].reply = trace.replies.count - 1
      unanswered[trace.commands[index].stage, default: 1] -= 1
      advanceAnswered()
    }
    guard unanswered[stage, default: 0] == 0 else { return false }
    end(stage, at: now)
    return true
  }

  /// Counts a reply that nobody waited for; a peer that only talks must not fill our memory.
  private mutating func keepsUnsolicited() -> Bool {
    unsolicited += 1
    if unsolicited == TraceRecorder.mostUnsolicited + 1 {
      trace.notes.append("more replies came unasked; only the first \(unsolicited - 1) are kept")
    }
    return unsolicited <= TraceRecorder.mostUnsolicited
  }

  /// A rule that the peer broke; one that it breaks again and again is kept often enough.
  mutating func violated(_ violation: Violation) {
    guard violation.isFatal || trace.violations.count < TraceRecorder.mostUnsolicited else {
      return
    }
    trace.violations.append(violation)
  }

  /// The TLS flights sent so far were answered by the peer's going on; one that has not left yet is
  /// owed nothing.
  mutating func answeredTLS() {
    for index in trace.commands.indices
    where trace.commands[index].stage == .tls && !trace.commands[index].isAnswered {
      trace.commands[index].isAnswered = true
      if trace.commands[index].written == nil { unowed.insert(index) }
    }
    advanceAnswered()
  }

  private mutating func advanceAnswered() {
    while firstUnanswered < trace.commands.count, trace.commands[firstUnanswered].isAnswered {
      firstUnanswered += 1
    }
  }

  /// Up to where our stream was answered, by the kernel's word: a reply to bytes that nobody has
  /// acknowledged yet is no answer to them.
  private mutating func settleAnswered() {
    let last = trace.commands[..<firstUnanswered].indices.last {
      trace.commands[$0].end <= trace.ledger.acknowledged && !unowed.contains($0)
    }
    trace.ledger.answered = last.map { trace.commands[$0].end } ?? 0
  }

  /// Whether the delivery was refused: every recipient, or whatever was answered last.
  ///
  /// Leave-taking aside; a recipient among others, or EHLO before HELO, refuses no delivery.
  var isDeliveryRefused: Bool {
    let replies = trace.replies.filter { $0.wasDue && $0.stage != .quit }
    let recipients = replies.filter { $0.stage == .rcpt }
    if !recipients.isEmpty, recipients.allSatisfy({ $0.code >= 400 }) { return true }
    return replies.last.map { $0.code >= 400 && $0.stage != .rcpt } ?? false
  }

  /// Starts the wait for what is due from here.
  mutating func due(at now: Microseconds) {
    dueSince = now
    lastReply = now
  }

  mutating func keepPartialReply(_ bytes: [UInt8], at now: Microseconds) {
    guard !bytes.isEmpty else { return }
    let span = readLog.span(from: readLog.total - bytes.count) ?? (first: now, last: now)
    trace.partialReply = PartialReply(
      bytes: escapedText(bytes.suffix(512)), length: bytes.count, firstAt: relative(span.first),
      lastAt: relative(span.last))
  }
}

// MARK: - The kernel's word

extension TraceRecorder {
  mutating func snapshot(_ facts: KernelFacts, stage: Stage, at now: Microseconds) {
    trace.snapshots.append(KernelSnapshot(stage: stage, at: relative(now), facts: facts))
    let ledger = trace.ledger
    let outstanding = min(max(facts.outstanding ?? 0, 0), ledger.written)
    let unsent = min(max(facts.unsent ?? 0, 0), outstanding)
    trace.ledger.unsent = unsent
    trace.ledger.sent = ledger.written - unsent
    trace.ledger.acknowledged = ledger.written - outstanding
    settleAnswered()
    sampled(facts, at: now)
  }

  /// Notes whether more bytes have been acknowledged; their time is the last ACK's at the latest.
  mutating func sampled(_ facts: KernelFacts, at now: Microseconds) {
    guard let known = facts.outstanding else { return }
    let outstanding = min(max(known, 0), trace.ledger.written)
    sawAcknowledged(
      upTo: trace.ledger.written - outstanding,
      at: relative(now - max(0, facts.sinceAcknowledgement ?? 0)))
  }

  private mutating func sawAcknowledged(upTo offset: Int, at moment: Microseconds) {
    guard offset > seenAcknowledged else { return }
    seenAcknowledged = offset
    trace.lastAcknowledgement = max(trace.lastAcknowledgement ?? 0, moment)
  }
}
