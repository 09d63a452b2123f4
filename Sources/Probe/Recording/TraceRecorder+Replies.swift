import SMTPDialogue
import SessionTrace

/// The peer's bytes.
extension TraceRecorder {
  /// The most replies and violations kept that nothing of ours bounds.
  private static let mostUnsolicited = 256

  /// One read from the socket brought `count` bytes, of which `clear` is what TLS left.
  mutating func read(_ count: Int, clear: [UInt8], at moment: Microseconds) {
    trace.ledger.received += count
    readLog.append(clear, at: moment)
  }

  /// A reply is complete; true when it was the last that its stage waited for.
  mutating func replied(_ answer: AnsweredReply, at now: Microseconds) -> Bool {
    let arrival = readLog.arrival(of: answer.byteRange)
    let index = answer.command.flatMap(book.index)
    guard answer.wasDue || keepsUnsolicited() else { return false }
    // Refused before any of the content had left: its end will not be written any more.
    if answer.stage == .dot, let index, trace.commands[index].written == nil {
      end(.body, at: now)
      begin(.dot, at: now)
    }
    let written = index.map { start + (trace.commands[$0].written ?? relative(now)) } ?? start
    trace.append(
      ReplyRecord(
        command: index.map { trace.commands[$0].text }, stage: answer.stage,
        code: answer.reply.code, enhanced: answer.reply.enhanced,
        lines: redactor.redacted(lines: answer.reply.lines).map { escapedText($0) },
        linePrefixes: answer.reply.prefixes?.map { escapedText($0) }, reads: arrival.reads,
        firstRead: arrival.firstRead, gaps: arrival.gaps, cuts: arrival.cuts, at: relative(now),
        wait: max(0, now - max(lastReply, written)), wasDue: answer.wasDue,
        recipient: answer.recipient), within: &replyRoom)
    // What nobody waited for must not give what is waited for more time.
    guard answer.wasDue else { return false }
    due(at: now)
    if answer.isGreeting { answeredHeader(reply: trace.replies.count - 1) }
    guard answer.isLast else { return false }
    return closeBooks(on: index, stage: answer.stage, at: now)
  }

  /// The peer went on behind the header that we began with, by its greeting where `reply` says so.
  private mutating func answeredHeader(reply: Int?) {
    guard let first = trace.commands.first, first.stage == .connect, !first.isAnswered else {
      return
    }
    trace.commands[0].isAnswered = true
    trace.commands[0].reply = reply
  }

  /// The command has its answer; true when no other of its stage is without one.
  private mutating func closeBooks(on index: Int?, stage: Stage, at now: Microseconds) -> Bool {
    if let index {
      trace.commands[index].isAnswered = true
      trace.commands[index].reply = trace.replies.count - 1
      book.answered(trace.commands[index].stage)
    }
    guard book.isSettled(stage) else { return false }
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
    if trace.commands.contains(where: { $0.stage == .tls }) { answeredHeader(reply: nil) }
    for index in trace.commands.indices
    where trace.commands[index].stage == .tls && !trace.commands[index].isAnswered {
      trace.commands[index].isAnswered = true
      if trace.commands[index].written == nil { book.owesNothing(to: index) }
    }
  }

  /// Whether the delivery was refused: every recipient, or whatever was answered last.
  ///
  /// Leave-taking aside; a recipient among others, or EHLO before HELO, refuses no delivery.
  var isDeliveryRefused: Bool {
    var last: Int?
    var isOfRecipient = false
    var (recipients, refused) = (0, 0)
    // By place: a copy of each record would cost more than all else that is done here.
    for index in trace.replies.indices
    where trace.replies[index].wasDue && trace.replies[index].stage != .quit {
      let code = trace.replies[index].code
      // Each message has its recipients.
      if trace.replies[index].stage == .mail { (recipients, refused) = (0, 0) }
      isOfRecipient = trace.replies[index].stage == .rcpt
      last = code
      if isOfRecipient { recipients += 1 }
      if isOfRecipient, code >= 400 { refused += 1 }
    }
    if recipients > 0, refused == recipients { return true }
    return last.map { $0 >= 400 && !isOfRecipient } ?? false
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
      bytes: escapedText(redactor.redacted(bytes, cut: .end).suffix(512)), length: bytes.count,
      firstAt: relative(span.first),
      lastAt: relative(span.last))
  }
}
