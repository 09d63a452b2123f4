import Diagnosis
package import SessionTrace

/// A session's dialogue while it happens: what is new each time that its trace is looked at, drawn as the report
/// draws it.
package struct LiveDialogue: Sendable {
  private var mark = DialogueMark()
  private var attempts = 0
  private var hasTLS = false
  /// Hosts that were reached and then left for the next.
  private var passedOver = 0

  package init() {}

  /// The lines of what has happened since the last look.
  package mutating func news(of trace: Trace, _ look: Look) -> [UInt8] {
    let attempted = passing(trace) + connecting(trace) + securing(trace)
    guard mark.moved(in: trace) != mark else { return drawn(attempted, look) }
    let rows = DialogueRows(trace, after: mark, toTheEnd: false)
    mark = rows.end
    return drawn(attempted + rows.rows, look)
  }

  /// The last lines, of a session that has ended: what was never handed over, and the wait that ended it.
  package mutating func end(of trace: Trace, _ look: Look) -> [UInt8] {
    let attempted = passing(trace) + connecting(trace) + securing(trace)
    let rows = DialogueRows(trace, after: mark, toTheEnd: true)
    mark = rows.end
    return drawn(attempted + rows.rows, look)
  }

  private func drawn(_ rows: [DialogueRow], _ look: Look) -> [UInt8] {
    var fold = TextFold(look)
    fold.add(rows)
    return fold.layout.bytes(look.style)
  }

  /// What was said to a host that will not do is over, and the trace begins anew.
  private mutating func passing(_ trace: Trace) -> [DialogueRow] {
    let all = trace.attempts.filter { $0.failure?.isAboutPolicy == true }
    let new = all.dropFirst(passedOver)
    guard !new.isEmpty else { return [] }
    passedOver = all.count
    mark = DialogueMark()
    hasTLS = false
    return new.map {
      DialogueRow(
        speaker: .nobody, text: "-- \($0.address) is passed over: TLS is not as demanded --")
    }
  }

  private mutating func connecting(_ trace: Trace) -> [DialogueRow] {
    let new = trace.attempts.dropFirst(attempts)
    attempts = trace.attempts.count
    return new.map { attempt in
      let place =
        trace.target.isUnixSocket ? attempt.address : "\(attempt.address) port \(attempt.port)"
      let took = durationText(attempt.duration)
      let words =
        attempt.failure.map { "no connection to \(place), \($0.name) after \(took)" }
        ?? "connected to \(place) in \(took)"
      return DialogueRow(speaker: .nobody, text: "-- \(words) --")
    }
  }

  private mutating func securing(_ trace: Trace) -> [DialogueRow] {
    guard !hasTLS, let tls = trace.tls else { return [] }
    hasTLS = true
    let worth = tls.verified ? "verified" : "not verified"
    return [
      DialogueRow(
        speaker: .nobody, text: "-- \(tls.version) \(tls.cipher), certificate \(worth) --")
    ]
  }
}

/// What a session waits for, for someone who watches: `waiting for the reply to MAIL FROM:<> ... 12 s of 30 s`.
///
/// Where that has more than `room` columns it is the object that is shortened: what changes is the time.
package func waitInWords(
  _ wait: Ending.Wait, in trace: Trace, for time: Microseconds, of limit: Microseconds,
  room: Int = .max
) -> String {
  let whole = limit % 1_000_000 == 0
  let seconds = whole ? String(limit / 1_000_000) : tenthsText(limit)
  let passed = " ... \(time / 1_000_000) s of \(seconds) s"
  let object = object(of: wait, in: trace)
  let left = room - passed.count
  // The dots in front of the time tell of what is left out, too.
  return withoutBlanksAtEnd(String(object.prefix(max(0, left)))) + passed
}

private func object(of wait: Ending.Wait, in trace: Trace) -> String {
  switch wait {
  case .resolve: return "looking up \(trace.target.host)"
  case .connect:
    let port = trace.target.port.map { " port \($0)" } ?? ""
    return "connecting to \(trace.target.address ?? trace.target.host)\(port)"
  case .handshake: return "waiting for the server's part of the TLS handshake"
  case .write:
    return "the server takes no more; \(count(trace.ledger.written, "byte")) written"
  case .reply, .total:
    guard let command = trace.commands.first(where: { !$0.isAnswered && $0.stage != .connect })
    else { return "waiting for the greeting" }
    if command.stage == .dot { return "waiting for the reply to the end of the message" }
    if command.stage == .tls { return "waiting for the server's part of the TLS handshake" }
    let text = command.text.count > 40 ? command.text.prefix(37) + "..." : command.text[...]
    return "waiting for the reply to \(text)"
  }
}
