import Diagnosis
import Probe
import SessionOptions
import SessionTrace
@testable import Simulation

extension Trial {
  /// Everything else that is wrong with the trace; empty when all is well.
  var complaints: [String] {
    var found: [String] = []
    if network.clock.isSpinning { found.append("time stood still") }
    if finishes != 1 { found.append("finished \(finishes) times") }
    if !network.sessionTimers.isEmpty {
      found.append("\(network.sessionTimers.count) timers left behind")
    }
    if network.ledger.final != nil, network.ledger.closings != 1 {
      found.append("closed \(network.ledger.closings) times")
    }
    found += complaintsAboutMatching
    found += complaintsAboutWords + complaintsAboutSegments + complaintsAboutContent
    found += complaintsAboutWaiting + complaintsAboutEnding + complaintsAboutPieces
    return found
  }

  /// Nothing is answered that had not left, whatever the peer says.
  var complaintsAboutMatching: [String] {
    var found: [String] = []
    if !trace.ledger.isInOrder { found.append("a ledger out of order: \(trace.ledger)") }
    for command in trace.commands {
      guard let index = command.reply else { continue }
      let reply = trace.replies[index]
      // A refusal in the middle of the content answers it before its end has left.
      let isContent = command.text == "." || command.text.hasPrefix("BDAT")
      let isEarly = isContent && reply.code >= 400
      if !isEarly, command.written ?? .max > reply.at {
        found.append("\(command.text) was answered before it had left")
      }
    }
    return found
  }

  /// A stall is called when its time has come: not before, and not long after.
  private var complaintsAboutWaiting: [String] {
    guard case .timedOut(let wait) = trace.ending, wait == .reply || wait == .write else {
      return []
    }
    let books = network.ledger
    let client = ReferenceClient(
      network.scenario, codes: network.book.complete(in: books.readByProgram),
      spoken: books.speech.commands)
    let isFarewell = client.isLeaving && client.refusal != nil
    let limit =
      isFarewell ? min(.seconds(2), network.scenario.replyTimeout) : network.scenario.replyTimeout
    // A write has its own time; a reply that comes meanwhile gives it no more.
    let since = max(books.connectedAt ?? 0, books.lastWrite)
    let least = (wait == .write ? since : max(since, books.lastReply)) + limit
    // Acknowledgements are sampled eight times a limit, and a pause of ours may come on top.
    let most =
      max(least, books.lastReply + limit, books.lastAcknowledgement + limit) + limit / 8
      + .milliseconds(50)
    if endedAt < least { return ["stalled \(least - endedAt) µs early"] }
    return endedAt > most ? ["stalled \(endedAt - most) µs late"] : []
  }

  /// Nothing that had arrived is left unread behind a break, and nobody is blamed for our own delay.
  private var complaintsAboutEnding: [String] {
    let books = network.ledger
    switch trace.ending {
    case .endOfStream, .failed:
      return books.unread > 0 ? ["left \(books.unread) bytes unread"] : []
    case .timedOut(.write):
      return books.acknowledged == books.written && books.room > 0 ? ["stalled by ourselves"] : []
    case .timedOut, .finished, .unreachable, .tlsFailed, .notAuthenticated, .protocolError,
      .interrupted,
      .internalError:
      return []
    }
  }

  /// Every place where the plan cuts the envelope is the end of a write.
  private var complaintsAboutPieces: [String] {
    guard let segmentation = network.scenario.segmentation, segmentation.scope != .data else {
      return []
    }
    let ends = Set(network.ledger.writes.map { $0.offset + $0.length })
    var wanted: [Int] = []
    for flight in Dictionary(grouping: trace.commands, by: \.flight).values {
      guard let first = flight.first, let last = flight.last, first.text != ".",
        !first.text.hasPrefix("BDAT")
      else { continue }
      switch segmentation.plan {
      case .command: wanted += flight.map(\.end)
      case .crlf: wanted += flight.map { $0.end - 1 }
      case .sizes(let sizes):
        guard sizes.count == 1, case .bytes(let size) = sizes[0] else { break }
        // What the SYN took was no piece.
        let start = first.start == 0 ? network.earlyBytes : first.start
        wanted += stride(from: start + size, to: last.end, by: size)
      case .endOfData: break
      }
    }
    let missed = wanted.filter {
      $0 > network.earlyBytes && $0 <= network.ledger.written && !ends.contains($0)
    }
    return missed.isEmpty ? [] : ["no cut at \(missed.prefix(5))"]
  }

  /// Every command arrived as it should have been said, and stands in the trace at its place.
  private var complaintsAboutWords: [String] {
    var found: [String] = []
    let spoken = network.ledger.speech.commands
    for (index, command) in spoken.enumerated() {
      guard index < trace.commands.count else { return ["\(command.text) is not in the trace"] }
      let claimed = trace.commands[index]
      if claimed.text != command.text || claimed.end != command.end {
        found.append("said \(command), traced \(claimed.text) up to \(claimed.end)")
      }
      if claimed.written == nil { found.append("\(command.text) has no written time") }
    }
    for span in trace.stages where span.start < 0 || (span.duration ?? 0) < 0 {
      found.append("stage \(span.name) runs backwards")
    }
    let names = trace.stages.map(\.name)
    if Set(names).count != names.count { found.append("a stage stands twice: \(names)") }
    for reply in trace.replies where !names.contains(reply.stage) {
      found.append("no span for \(reply.stage)")
    }
    return found
  }

  /// Each write stands in the trace with the times that the kernel gave it.
  private var complaintsAboutSegments: [String] {
    var found: [String] = []
    let writes = network.ledger.writes
    let kept = trace.segments.kept
    if trace.segments.count != writes.count {
      return ["\(writes.count) writes, \(trace.segments.count) in the trace"]
    }
    for (write, segment) in zip(writes.prefix(2_048), kept.prefix(2_048)) {
      if write.offset != segment.offset || write.length != segment.length
        || write.at != segment.written || write.sent != segment.sent
        || write.acknowledged != segment.acknowledged
      {
        found.append("wrote \(write), traced \(segment)")
      }
      let ends = network.ledger.segmentEnds
      let end = segment.offset + segment.length
      // A piece without a size may be written in parts.
      if segment.asPlanned == true, !mayBeWrittenInParts,
        !ends.contains(segment.offset) || !ends.contains(end)
      {
        found.append("\(segment) was no segment of its own")
      }
    }
    return Array(found.prefix(3))
  }

  private var mayBeWrittenInParts: Bool {
    switch network.scenario.segmentation?.plan {
    case .sizes(let sizes): sizes.last == .rest
    case .crlf, .endOfData: true
    case .command, nil: false
    }
  }

  /// A message that was accepted is the message that was given; DATA adds a CRLF at its end.
  var complaintsAboutContent: [String] {
    guard verdict.status == .ok, let message = network.scenario.message, trace.content != nil
    else { return [] }
    var wanted = ContentReader.Digest()
    let isWhole =
      network.scenario.sendsChunks || message.suffix(2) == [0x0D, 0x0A] || message.isEmpty
    let ending: [UInt8] = isWhole ? [] : [0x0D, 0x0A]
    for byte in message + ending { wanted.add(byte) }
    let understood = network.server?.message
    return understood == wanted
      ? [] : ["sent \(wanted), understood \(String(describing: understood))"]
  }
}
