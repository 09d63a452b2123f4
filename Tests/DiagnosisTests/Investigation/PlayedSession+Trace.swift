import SMTPDialogue
import SessionOptions
import SessionTrace

extension PlayedSession {
  /// What is seen of it that ends so.
  func trace(_ end: PlayedEnd) -> Trace {
    var trace = base
    switch end {
    case .silent(.quit), .closed(.quit):
      trace.add(.quit, "QUIT", 221, flight: 3)
      let end = trace.commands.last?.end ?? 0
      trace.ledger = Ledger(
        written: end, sent: end, acknowledged: end, answered: end, unsent: 0, received: 100)
    default: break
    }
    switch end {
    case .served: break
    case .unreachable:
      trace.stop(
        at: .connect,
        .unreachable(
          SystemFailure(call: "connect", name: "ECONNREFUSED", code: 111, text: "refused")),
        waited: 100)
    case .silent(let stage): trace.stop(at: stage, .timedOut(.reply), waited: patience)
    case .lost(let stage):
      trace.stop(at: stage, .timedOut(.reply), waited: patience)
      trace.ledger.acknowledged = trace.ledger.answered
    case .closed(let stage): trace.stop(at: stage, .endOfStream, waited: 1_000)
    case .resetAt(let stage): trace.stop(at: stage, .failed(reset), waited: 1_000)
    case .silentAfter(let accepted):
      trace.stop(at: .rcpt, after: accepted, .timedOut(.reply), waited: patience)
    case .forgotten(let silence):
      trace.stop(at: .data, .failed(reset), waited: 1_000)
      guard let last = trace.replies.indices.last else { break }
      trace.replies[last].wait = silence
      trace.replies[last].at = silence
      trace.segments.append(
        SegmentRecord(
          offset: trace.ledger.answered, length: 6, stage: .data, written: silence + 1_000))
    case .putOff(let places, let code, let text):
      let recipients = trace.replies.indices.filter { trace.replies[$0].stage == .rcpt }
      for place in places {
        let index = recipients[place - 1]
        (trace.replies[index].code, trace.replies[index].lines) = (code, [text])
      }
    case .closedAfter(let accepted):
      trace.stop(at: .rcpt, after: accepted, .endOfStream, waited: 1_000)
    case .refused(let stage, let code):
      if let place = trace.replies.firstIndex(where: { $0.stage == stage }) {
        trace.replies[place].code = code
        trace.replies.removeLast(trace.replies.count - 1 - place)
      }
      trace.endingStage = stage
    case .refusedThenSilent(let stage, let code):
      trace.stop(at: .rcpt, .timedOut(.reply), waited: patience)
      if let place = trace.replies.firstIndex(where: { $0.stage == stage }) {
        trace.replies[place].code = code
      }
    case .alerted:
      trace.stop(
        at: .tls,
        .tlsFailed(TLSFailureRecord(name: "GNUTLS_E_FATAL_ALERT_RECEIVED", text: "", alert: "x")),
        waited: 1_000)
    case .paced(let waits):
      let late = [Stage.mail, .rcpt, .data].first { (waits[$0] ?? 0) >= patience }
      for index in trace.replies.indices {
        trace.replies[index].wait = waits[trace.replies[index].stage] ?? 1_000
      }
      if let late { trace.stop(at: late, .timedOut(.reply), waited: patience) }
    case .givenUp(let stage, let time, let words):
      guard time < patience else { return self.trace(.silent(stage)) }
      trace.stop(at: stage, .endOfStream, waited: time)
      guard words else { break }
      trace.replies.append(reply(stage, 421, "4.4.2 timeout exceeded"))
      trace.replies[trace.replies.count - 1].wait = time
    case .greetedAfter(let time):
      if time >= patience { return self.trace(.silent(.banner)) }
      trace.replies[0].wait = time
    case .endAnswered(let code, let time):
      if time >= patience { return self.trace(.silent(.dot)) }
      trace.replies[trace.replies.count - 1].wait = time
      if code >= 400 {
        trace.replies[trace.replies.count - 1].code = code
        trace.endingStage = .dot
      }
    case .outOfStep(let stage, let surplus):
      trace.stop(at: stage, .protocolError, waited: 1_000)
      trace.violations = [violation(.unexpectedCode, isFatal: true)]
      if surplus { trace.replies.append(reply(stage, 250, "again", wasDue: false)) }
    }
    return trace
  }

  private var reset: SystemFailure {
    SystemFailure(call: "read", name: "ECONNRESET", code: 104, text: "reset")
  }

  /// The session at a server that answers everything.
  private var base: Trace {
    var trace = Trace.healthy
    trace.options.merge(options) { $1 }
    let recorded = asked.recorded
    for row in OptionTable.all where row.name != "to" && !row.words(asked).isEmpty {
      if let key = row.key { trace.options[key] = recorded[key] }
    }
    trace.halfClosed = asked.halfClose ? 1_000 : nil
    if repeatsHandshake { trace.snapshots[0].facts.segmentsIn = 3 }
    trace.capabilities = capabilities
    trace.target.address = address
    trace.target.localAddress = address.contains(":") ? "2001:db8::7" : "192.0.2.7"
    trace.envelope = envelope
    if isUnderTLS { trace.tls = .agreed("TLS1.3") }
    let data = trace.commands.removeLast()
    trace.commands.removeLast()
    trace.commands[1].text = mailText
    trace.replies.removeLast(2)
    for number in recipients.indices {
      trace.add(.rcpt, "RCPT TO:<user\(recipients[number])>", 250, flight: 1)
    }
    trace.add(.data, data.text, 354, flight: 1)
    if let message {
      trace.add(.dot, isChunked ? "BDAT \(message.size) LAST" : "(content)", 250, flight: 2)
    }
    for index in trace.commands.indices { trace.commands[index].isAnswered = true }
    let end = trace.commands.last?.end ?? 0
    trace.ledger = Ledger(
      written: end, sent: end, acknowledged: end, answered: end, unsent: 0, received: 100)
    trace.segments = SegmentLog()
    let start = trace.commands[0].end
    trace.segments.append(
      SegmentRecord(offset: start, length: longestSegment, stage: .mail, written: 1_000))
    trace.endingStage = message == nil ? .data : .quit
    if let helloSize { trace.addHello(helloSize, after: start) }
    return trace
  }
}

extension Trace {
  /// A ClientHello behind EHLO; the envelope is behind that.
  fileprivate mutating func addHello(_ size: Int, after start: Int) {
    for index in commands.indices.dropFirst() {
      commands[index].start += size
      commands[index].end += size
    }
    commands.insert(
      CommandRecord(
        stage: .tls, text: "(TLS ClientHello)", start: start, end: start + size, flight: 1,
        written: 1_000, isAnswered: true), at: 1)
    segments = SegmentLog()
    segments.append(SegmentRecord(offset: start, length: size, stage: .tls, written: 1_000))
    let end = ledger.written + size
    ledger = Ledger(
      written: end, sent: end, acknowledged: end, answered: end, unsent: 0, received: 100)
  }

  fileprivate mutating func add(_ stage: Stage, _ text: String, _ code: Int, flight: Int) {
    let start = commands.last?.end ?? 0
    commands.append(
      CommandRecord(
        stage: stage, text: text, start: start, end: start + text.utf8.count + 2, flight: flight,
        written: 1_000, reply: replies.count))
    var reply = reply(stage, code, "ok")
    reply.firstRead = replies.count
    replies.append(reply)
  }

  /// No reply to commands of that stage but the first few, and to none behind them.
  fileprivate mutating func stop(
    at stage: Stage, after answered: Int = 0, _ ending: Ending, waited: Microseconds
  ) {
    self.ending = ending
    self.waited = waited
    endingStage = stage
    let kept = replies.count { $0.stage < stage } + answered
    replies.removeLast(replies.count - kept)
    for index in commands.indices where commands[index].reply.map({ $0 >= kept }) ?? false {
      commands[index].isAnswered = false
      commands[index].reply = nil
    }
    if stage == .banner {
      commands = []
      (ledger.written, ledger.sent, ledger.acknowledged, ledger.received) = (0, 0, 0, 0)
    }
    if stage == .ehlo || stage == .tls {
      // Nothing is sent behind a greeting or a handshake that is not over.
      commands.removeAll { $0.stage > stage }
      for index in commands.indices where commands[index].stage == stage {
        commands[index].isAnswered = false
      }
      let end = commands.last?.end ?? 0
      (ledger.written, ledger.sent, ledger.acknowledged) = (end, end, end)
    }
    ledger.answered = commands.last { $0.isAnswered }?.end ?? 0
  }
}
