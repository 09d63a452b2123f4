import Diagnosis
import SessionTrace

/// The dialogue of a trace as rows in the order of time: long runs of recipients folded, silences shown.
struct DialogueRows {
  private(set) var rows: [DialogueRow] = []
  /// Up to where the rows go.
  private(set) var end: DialogueMark
  private let trace: Trace
  private let mark: DialogueMark
  private let toTheEnd: Bool

  /// Silence from which on it is shown by itself.
  private static let silence: Microseconds = .seconds(1)
  /// A run of this many alike is folded.
  private static let run = 4
  /// Lines of one reply that are shown.
  private static let replyLines = 40

  /// All of it, to the end of the session.
  init(_ trace: Trace) { self.init(trace, after: DialogueMark(), toTheEnd: true) }

  /// What is in `trace` beyond the mark; the rest of everything where the session has ended.
  init(_ trace: Trace, after mark: DialogueMark, toTheEnd: Bool) {
    self.trace = trace
    let mark = mark.folded(in: trace)
    self.mark = mark
    self.toTheEnd = toTheEnd
    end = toTheEnd ? mark.moved(toTheEndOf: trace) : mark.moved(in: trace)
    for event in events {
      if event.at != .max, event.at &- end.at >= Self.silence {
        rows.append(
          DialogueRow(
            speaker: .nobody, text: "-- \(durationText(event.at &- end.at)) of silence --"))
      }
      if event.at != .max { end.at = event.at }
      switch event.what {
      case .commands(let range): add(commands: range)
      case .replies(let range): add(replies: range)
      case .partial(let partial): add(partial)
      case .violation(let violation): add(violation)
      }
    }
    if toTheEnd, trace.waited > 0 {
      rows.append(
        DialogueRow(
          speaker: .nobody, text: "-- \(durationText(trace.waited)) of waiting, then the end --"))
    }
  }

  private struct Event {
    enum What {
      case commands(Range<Int>), replies(Range<Int>), partial(PartialReply), violation(Violation)
    }
    /// `max` for what never happened: a command that was not handed over.
    var at: Microseconds
    /// Twice the number of the flight that it belongs to, and one more behind it; decides between what
    /// happened at the same moment.
    var turn: Int
    var what: What
  }

  /// What happened, in order; at the same moment a flight stands before its replies, and behind those
  /// that it was sent after.
  private var events: [Event] {
    var events: [Event] = []
    var flights: [Int: Int] = [:]
    for range in runs(
      of: mark.commands..<end.commands,
      alike: { self.trace.leftOut(.commands, behind: $0 - 1) == 0 && self.isCommandAlike($0) })
    {
      let first = trace.commands[range.lowerBound]
      events.append(
        Event(at: first.written ?? .max, turn: 2 * first.flight, what: .commands(range)))
    }
    for command in trace.commands {
      if let reply = command.reply, reply >= mark.replies { flights[reply] = command.flight }
    }
    // The greeting comes first, and what nobody asked for behind whatever came before it.
    var turn = -1
    for range in runs(
      of: mark.replies..<end.replies,
      alike: { self.trace.leftOut(.replies, behind: $0 - 1) == 0 && self.isReplyAlike($0) })
    {
      turn = max(turn, flights[range.lowerBound].map { 2 * $0 + 1 } ?? turn)
      events.append(
        Event(at: trace.replies[range.lowerBound].at, turn: turn, what: .replies(range)))
    }
    for violation in trace.violations[mark.violations..<end.violations] {
      let turn = events.last { $0.at <= violation.at }?.turn ?? -1
      events.append(Event(at: violation.at, turn: turn, what: .violation(violation)))
    }
    if toTheEnd, let partial = trace.partialReply {
      events.append(Event(at: partial.firstAt, turn: .max, what: .partial(partial)))
    }
    return events.enumerated().sorted {
      ($0.element.at, $0.element.turn, $0.offset) < ($1.element.at, $1.element.turn, $1.offset)
    }.map(\.element)
  }

  /// Whether a command is like the one before it.
  private func isCommandAlike(_ index: Int) -> Bool {
    let (first, second) = (trace.commands[index - 1], trace.commands[index])
    return first.stage == .rcpt && second.stage == .rcpt && first.flight == second.flight
      && (first.written == nil) == (second.written == nil)
  }

  /// Whether a reply is like the one before it.
  private func isReplyAlike(_ index: Int) -> Bool {
    let (first, second) = (trace.replies[index - 1], trace.replies[index])
    return first.stage == .rcpt && second.stage == .rcpt && first.code == second.code
      && first.lines.count == 1 && second.lines.count == 1 && first.reads.count == 1
      && second.reads.count == 1 && first.wasDue && second.wasDue
  }

  /// Neighbours that are alike, as ranges; too few to fold stand by themselves.
  private func runs(of indices: Range<Int>, alike: (Int) -> Bool) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var start = indices.lowerBound
    while start < indices.upperBound {
      var end = start + 1
      while end < indices.upperBound, alike(end) { end += 1 }
      if end - start >= Self.run {
        ranges.append(start..<end)
      } else {
        ranges += (start..<end).map { $0..<$0 + 1 }
      }
      start = end
    }
    return ranges
  }

  private mutating func add(commands range: Range<Int>) {
    defer { addGap(.commands, behind: range.upperBound - 1, "of the commands") }
    let first = trace.commands[range.lowerBound]
    let last = trace.commands[range.upperBound - 1]
    rows.append(row(for: first))
    guard range.count > 1 else { return }
    if range.count > 2 {
      rows.append(
        DialogueRow(
          speaker: .nobody,
          text: "... \(count(range.count - 2, "more RCPT", "more RCPT")), bytes"
            + " [\(first.end), \(last.start))"))
    }
    rows.append(row(for: last))
  }

  private func row(for command: CommandRecord) -> DialogueRow {
    var text = command.text
    if command.stage == .dot, !command.isChunk, let content = trace.content {
      if command.start == content.start { return row(for: content, handedOver: command.written) }
      // Of several messages the trace has the content of the last; a dot by itself is three bytes.
      if command.end &- command.start > 3 { text = "(message content, and its end)" }
    }
    let bytes = "[\(command.start), \(command.end))"
    return DialogueRow(
      at: command.written, speaker: .we, text: text,
      remark: command.written == nil ? "\(bytes) not handed over" : bytes)
  }

  /// The message is one row: its bytes as far as they got, and whether its end was among them.
  private func row(for content: ContentRecord, handedOver: Microseconds?) -> DialogueRow {
    let size = "message content, \(count(content.taken, "byte"))"
    let end = content.endOfData ?? max(trace.ledger.written, content.start)
    return DialogueRow(
      at: handedOver, speaker: .we,
      text: content.isComplete ? "(\(size), and its end)" : "(\(size) so far)",
      remark: "[\(content.start), \(end))" + (handedOver == nil ? " not all" : ""))
  }

  /// Says what the trace itself has left out behind an entry.
  private mutating func addGap(_ list: OmissionRecord.List, behind index: Int, _ names: String) {
    let number = trace.leftOut(list, behind: index)
    guard number > 0 else { return }
    rows.append(
      DialogueRow(
        speaker: .nobody, text: "... \(number) more \(names), left out of this report"))
  }

  private mutating func add(replies range: Range<Int>) {
    defer { addGap(.replies, behind: range.upperBound - 1, "of the replies") }
    let index = range.lowerBound
    addReply(at: index)
    guard range.count > 1, let last = trace.replies[range].last else { return }
    rows.append(
      DialogueRow(
        speaker: .nobody,
        text: "... \(count(range.count - 1, "more \(last.code)", "more \(last.code)")),"
          + " the last at \(secondsText(last.at))"))
  }

  private mutating func addReply(at index: Int) {
    let reply = trace.replies[index]
    let previous = index > 0 ? trace.replies[index - 1] : nil
    let lines = reply.linesAsSent
    let gone = trace.leftOut(.replyLines, of: index)
    for (number, line) in lines.enumerated() {
      let isLast = number == lines.count - 1
      guard number < Self.replyLines || isLast else { continue }
      let more = max(0, lines.count - Self.replyLines - 1) &+ gone
      if isLast, more > 0 {
        rows.append(DialogueRow(speaker: .nobody, text: "... \(more) more lines of it"))
      }
      rows.append(
        DialogueRow(
          at: number == 0 ? reply.at : nil, speaker: .they,
          text: line, remark: isLast ? remark(on: reply, after: previous) : ""
        ))
    }
    if reply.reads.count > 1 {
      rows.append(DialogueRow(speaker: .nobody, text: arrival(ofReplyAt: index)))
    }
  }

  private func remark(on reply: ReplyRecord, after previous: ReplyRecord?) -> String {
    guard reply.wasDue else { return "answers nothing" }
    if let previous, previous.firstRead &+ previous.reads.count &- 1 == reply.firstRead {
      return "in the same read"
    }
    return "after \(durationText(reply.wait))"
  }

  /// How a reply of several reads came in.
  private func arrival(ofReplyAt index: Int) -> String {
    let reply = trace.replies[index]
    let number = reply.reads.count &+ trace.leftOut(.replyReads, of: index)
    let sizes = reply.reads.prefix(8).map(String.init).joined(separator: "+")
    let more = reply.reads.count > 8 ? "+..." : ""
    let gap = reply.gaps.max().map { ", at most \(durationText($0)) apart" } ?? ""
    let cuts = Set(reply.cuts.prefix(64)).sorted().map(wordsForCut).joined(separator: ", ")
    return "(in \(number) reads of \(sizes)\(more) bytes\(gap)"
      + (cuts.isEmpty ? ")" : "; cut \(cuts))")
  }

  private mutating func add(_ partial: PartialReply) {
    rows.append(
      DialogueRow(
        at: partial.firstAt, speaker: .they, text: partial.bytes,
        remark: partial.ciphertext == nil
          ? "\(partial.inWords) of a reply that did not end" : "\(partial.inWords); it did not end")
    )
  }

  private mutating func add(_ violation: Violation) {
    rows.append(
      DialogueRow(
        at: violation.at, speaker: .violation, text: violation.bytes,
        remark: violation.kind.words + (violation.isFatal ? "; the session could not go on" : "")))
  }
}
