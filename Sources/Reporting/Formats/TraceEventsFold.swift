import SessionTrace

/// A session as trace events, which Perfetto, chrome://tracing and the Firefox Profiler draw over time.
///
/// Of the "Trace Event Format" only what all of them read: names (`M`), spans that never cross on their track
/// (`X`), spans that may (`b`, `e`), moments (`i`) and counters (`C`). Times are microseconds.
enum TraceEventsFold {
  static func render(_ document: any Document, _: Look) -> [UInt8] {
    var lines: [[UInt8]] = []
    for case .recording(let trace, let words) in document.blocks {
      lines += TraceEvents(trace, words).lines
    }
    let head = #"{"displayTimeUnit":"ms","traceEvents":["#
    return Array((head + "\n").utf8) + lines.joined(separator: [0x2C, 0x0A]) + Array("\n]}\n".utf8)
  }
}

/// The events of one session, metadata first and then in the order of time.
private struct TraceEvents {
  private var metadata: [[UInt8]] = []
  private var timed: [(at: Microseconds, line: [UInt8])] = []

  /// Where the tracks begin; stages that overlap have several.
  private enum Track: Int {
    case replies = 1, commands, segments, stages
  }

  init(_ trace: Trace, _ words: String) {
    metadata.append(
      event("M", "process_name", at: nil, .stages) {
        $0.add("name", "smtpprobe \(trace.target.given)")
      })
    name(.replies, "replies")
    name(.commands, "commands")
    name(.segments, "segments")
    addStages(trace)
    addCommands(trace)
    addSegments(trace)
    addReplies(trace)
    moment(words, trace.duration, .stages, scope: "p")
  }

  var lines: [[UInt8]] {
    metadata
      + timed.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }
      .map(\.element.line)
  }

  private mutating func addStages(_ trace: Trace) {
    var ends: [Microseconds] = []
    for span in trace.stages.sorted(by: { $0.start < $1.start }) {
      let duration = max(0, span.duration ?? trace.duration - span.start)
      let lane = ends.firstIndex { $0 <= span.start } ?? ends.count
      if lane == ends.count {
        ends.append(0)
        name(.stages, "stages", lane: lane)
      }
      ends[lane] = span.start + duration
      let line = event("X", span.name.rawValue, at: span.start, .stages, lane: lane) {
        $0.add("ended", span.duration != nil)
      } more: {
        $0.add("dur", duration)
      }
      timed.append((span.start, line))
    }
  }

  private mutating func addCommands(_ trace: Trace) {
    for (number, command) in trace.commands.enumerated() {
      guard let written = command.written else { continue }
      let reply = trace.answer(to: command)
      span("command \(number)", command.text, written, reply?.at ?? trace.duration, .commands) {
        $0.add("stage", command.stage.rawValue)
        $0.add("from", command.start)
        $0.add("to", command.end)
        $0.add("answered", command.isAnswered)
      }
    }
  }

  /// Each from its write to its acknowledgement, and how much of them is where.
  private mutating func addSegments(_ trace: Trace) {
    var changes: [(at: Microseconds, unsent: Int, unacknowledged: Int)] = []
    for (number, segment) in trace.segments.kept.enumerated() {
      span(
        "segment \(number)", "\(segment.length) bytes", segment.written,
        segment.acknowledged ?? trace.duration, .segments
      ) {
        $0.add("stage", segment.stage.rawValue)
        $0.add("offset", segment.offset)
        $0.add("length", segment.length)
        $0.add("acknowledged", segment.acknowledged != nil)
      }
      changes.append((segment.written, segment.length, 0))
      // What a stamp does not tell, the ledger does: the kernel sent all up to there.
      let wasSent = segment.offset < trace.ledger.sent
      let sent = segment.sent ?? segment.acknowledged ?? (wasSent ? segment.written : nil)
      if let sent { changes.append((sent, -segment.length, segment.length)) }
      if let at = segment.acknowledged { changes.append((at, 0, -segment.length)) }
    }
    var unsent = 0
    var unacknowledged = 0
    for change in changes.enumerated().sorted(by: {
      ($0.element.at, $0.offset) < ($1.element.at, $1.offset)
    }).map(\.element) {
      unsent += change.unsent
      unacknowledged += change.unacknowledged
      let line = event("C", "our bytes", at: change.at, .segments) {
        $0.add("unsent", max(0, unsent))
        $0.add("unacknowledged", max(0, unacknowledged))
      }
      timed.append((change.at, line))
    }
  }

  private mutating func addReplies(_ trace: Trace) {
    for reply in trace.replies { moment(reply.firstLineAsSent, reply.at, .replies, scope: "t") }
    for violation in trace.violations {
      moment(violation.kind.rawValue, violation.at, .replies, scope: "t")
    }
  }

  private mutating func name(_ track: Track, _ name: String, lane: Int = 0) {
    metadata.append(event("M", "thread_name", at: nil, track, lane: lane) { $0.add("name", name) })
  }

  private mutating func moment(_ name: String, _ at: Microseconds, _ track: Track, scope: String) {
    timed.append(
      (
        at,
        event("i", name, at: at, track) { _ in
        } more: {
          $0.add("s", scope)
        }
      ))
  }

  /// A span that others of its track may cross.
  private mutating func span(
    _ id: String, _ name: String, _ start: Microseconds, _ end: Microseconds, _ track: Track,
    _ arguments: (inout JSONLine) -> Void
  ) {
    for (phase, at) in [("b", start), ("e", max(start, end))] {
      let line = event(phase, name, at: at, track, arguments) {
        $0.add("cat", String(id.prefix { $0 != " " }))
        $0.add("id", id)
      }
      timed.append((at, line))
    }
  }

  private func event(
    _ phase: String, _ name: String, at: Microseconds?, _ track: Track, lane: Int = 0,
    _ arguments: (inout JSONLine) -> Void, more: (inout JSONLine) -> Void = { _ in }
  ) -> [UInt8] {
    var line = JSONLine()
    line.add("ph", phase)
    line.add("name", name)
    line.add("pid", 1)
    line.add("tid", track.rawValue + lane)
    if let at { line.add("ts", at) }
    more(&line)
    var values = JSONLine()
    arguments(&values)
    line.add("args", object: values)
    return line.object
  }
}
