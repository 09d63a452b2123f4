import SessionOptions
import SessionTrace
import SMTPDialogue
import TLSEngine
import Wire

// What is prepared here goes through three steps: mark the places to cut (clear text), seal (TLS),
// cut (wire bytes). The recorder is told the wire offsets in between.
extension Session {
  /// A flight of commands from the dialogue.
  func enqueue(_ flight: Flight) {
    let stage = flight.commands.first?.stage ?? dialogue.stage
    var ends: [Int] = []
    for command in flight.commands { ends.append((ends.last ?? 0) + command.length) }
    let prepared = seal(flight.bytes, stage: stage, commandEnds: ends, continues: false)
    recorder.prepared(
      flight.commands, ends: ends.map(prepared.wireOffset), length: prepared.bytes.count,
      at: network.now)
    // The SYN may have carried them already.
    dialogue.handedOver(commands: recorder.commandsHandedOver)
    queue(prepared, stage: stage, continues: false)
  }

  /// A flight of TLS's own; `name` is `nil` when nobody owes it an answer.
  func enqueueTLS(_ flight: TLSFlight, name: String?) {
    recorder.preparedTLS(name, length: flight.bytes.count)
    queue(Prepared(bytes: flight.bytes, cuts: [], flight: nil), stage: .tls, continues: false)
  }

  /// Takes the next chunk of content into the outbox; the end of data leaves with the last of it.
  ///
  /// As MTAs do it: the five bytes that end the data are not cut off into a segment of their own
  /// unless a plan asks for that, since some firewalls swallow them there.
  private func refill() {
    guard let content else { return }
    do throws(ContentError) {
      if chunks != nil { return try refillChunk() }
      switch try nextChunk(of: content) {
      case .bytes(let chunk):
        var bytes: [UInt8] = []
        bytes.reserveCapacity(chunk.count + 64)
        dialogue.content(chunk[...], into: &bytes)
        chunkAhead = try content.next(MessagePlan.piece)
        let isLast = chunkAhead == .end
        if isLast { bytes += endContent() }
        enqueueContent(bytes, taken: chunk.count, endsCommand: isLast, endsMessage: isLast)
      case .end: enqueueContent(endContent(), taken: 0, endsCommand: true, endsMessage: true)
      case .notYet: awaitContent()
      }
    } catch {
      contentFailed(error)
    }
  }

  func contentFailed(_ error: ContentError) {
    finish(.internalError("the message could not be read: \(error.failure.text)"))
  }

  private func nextChunk(of content: any ContentSource) throws(ContentError) -> ContentChunk {
    defer { chunkAhead = .notYet }
    return chunkAhead == .notYet ? try content.next(MessagePlan.piece) : chunkAhead
  }

  private func endContent() -> [UInt8] {
    content = nil
    return dialogue.contentEnd()
  }

  /// Looks again soon: the wait is for our own input, not for the peer.
  func awaitContent() {
    lastProgress = network.now
    pauseWriting(.until(network.now + .milliseconds(1)))
  }

  /// Content on its way, made from `taken` bytes of the message; whether it is the end of a command
  /// (a chunk, or the end of data), and of the message.
  func enqueueContent(_ bytes: [UInt8], taken: Int, endsCommand: Bool, endsMessage: Bool) {
    let prepared = seal(bytes, stage: .body, commandEnds: [], continues: !endsCommand)
    recorder.preparedContent(
      length: prepared.bytes.count, taken: taken, endsCommand: endsCommand,
      endsMessage: endsMessage)
    queue(prepared, stage: .body, continues: !endsCommand)
  }

  /// Bytes ready for the wire, where to cut them, and how clear text maps onto them.
  struct Prepared {
    var bytes: [UInt8]
    var cuts: [Int]
    var flight: TLSFlight?

    func wireOffset(_ clear: Int) -> Int { flight?.wireOffset(ofEnd: clear) ?? clear }
  }

  private func seal(
    _ bytes: [UInt8], stage: Stage, commandEnds: [Int], continues: Bool
  ) -> Prepared {
    var clear = bytes
    var cuts: [Int] = []
    if plan.segmentation?.applies(to: stage) == true,
      let marked = segmenter?.mark(bytes, commandEnds: commandEnds, continues: continues)
    {
      clear = marked.ready
      cuts = marked.cuts
    }
    // Once there is TLS, nothing leaves in clear again, whatever became of it.
    guard let tls, !clear.isEmpty else {
      return Prepared(bytes: clear, cuts: cuts, flight: nil)
    }
    switch tls.seal(clear[...]) {
    case .success(let flight):
      return Prepared(
        bytes: flight.bytes, cuts: cuts.map { flight.wireOffset(ofEnd: $0) }, flight: flight)
    case .failure(let error):
      finish(.internalError("\(error.operation): \(error.text)"))
      return Prepared(bytes: [], cuts: [], flight: nil)
    }
  }

  /// Cuts into pieces and puts them in the outbox, less what the SYN carried already.
  private func queue(_ prepared: Prepared, stage: Stage, continues: Bool) {
    let isPlanned = plan.segmentation?.applies(to: stage) == true
    let skipped = min(alreadySent, prepared.bytes.count)
    let bytes = Array(prepared.bytes[skipped...])
    let cuts = prepared.cuts.map { $0 - skipped }.filter { $0 > 0 }
    alreadySent -= skipped
    if isPlanned, let pieces = segmenter?.cut(bytes, at: cuts, continues: continues) {
      checkSegments()
      for piece in pieces {
        outbox.append(
          Piece(
            bytes: piece.bytes, stage: stage, isPlanned: true, isSizeless: piece.isSizeless,
            wantsTimestamps: true))
      }
    } else {
      // Content at full speed asks for times only now and then: each costs a trip to the error queue.
      let wantsTimestamps = stage != .body || !continues || stampsContent()
      outbox.append(
        Piece(bytes: bytes, stage: stage, isPlanned: false, wantsTimestamps: wantsTimestamps))
    }
  }

  /// Closes the count of the planned pieces that have all left, and begins one for the next.
  ///
  /// Flight by flight, so that one piece gone wrong does not cast doubt on the whole session.
  private func checkSegments() {
    guard outbox.isEmpty, let facts = transport?.facts(), (facts.unsent ?? 0) == 0 else { return }
    if recorder.isCheckingSegments { recorder.checkSegments(facts) }
    recorder.startSegmentCheck(facts)
  }

  private func stampsContent() -> Bool {
    let start = recorder.trace.content?.start ?? 0
    return (recorder.prepared - start) % (1 << 20) < 1 << 16
  }

  /// Hands the kernel what it will take: one planned piece a turn, or content by the megabyte.
  ///
  /// One piece a turn lets a reader on the same loop see each piece by itself, as a reader across a
  /// network would. The turn is over when what was put off is done: the kernel's stamp on the piece
  /// may wake us before that reader has been served.
  func pump() {
    var budget = 16
    while hasMoreToWrite, budget > 0 {
      budget -= 1
      if outbox.isEmpty { refill() }
      // A chunk may end before the first place to cut, or be too short for a piece: take the next.
      guard !isFinished, let piece = outbox.first, let transport else { continue }
      // What follows is not of the plan, and would be counted among its segments.
      if !piece.isPlanned, recorder.isCheckingSegments {
        recorder.checkSegments(transport.facts())
      }
      // Before the call: the kernel may have sent and stamped the bytes by the time it returns.
      let handedOver = network.now
      switch transport.write(
        outbox.unwritten, endsSegment: piece.isPlanned, wantsTimestamps: piece.wantsTimestamps)
      {
      case .wrote(let count): wrote(count, of: piece, at: handedOver)
      case .wouldBlock: isBlocked = true
      case .failed(let failure): writeFailed(failure)
      }
      if piece.isPlanned { budget = 0 }
    }
    if hasMoreToWrite { pumpSoon() }
  }

  private var hasMoreToWrite: Bool {
    !isFinished && !isBlocked && !isPumpScheduled && pause == .none
      && (!outbox.isEmpty || content != nil)
  }

  private func wrote(_ count: Int, of piece: Piece, at moment: Microseconds) {
    let completes = outbox.unwritten.count == count
    recorder.wrote(count, of: piece, completes: completes, at: moment)
    dialogue.handedOver(commands: recorder.commandsHandedOver)
    lastProgress = network.now
    lastOutstanding = 0
    nextSample = 0
    let isComplete = outbox.advance(count)
    guard isComplete, piece.isPlanned, !outbox.isEmpty || content != nil else { return }
    switch plan.segmentation?.pacing {
    case nil: break
    case .delay(let delay): pauseWriting(.until(network.now + delay))
    case .acknowledged: pauseWriting(.acknowledged(upTo: recorder.trace.ledger.written))
    }
  }

  private func pauseWriting(_ reason: WritePause) {
    pause = reason
    // Acknowledgements are looked for rather than awaited, because data in a Fast Open SYN gets no
    // timestamp, and a UNIX socket, where reading is what counts, none at all: often at first, less often the longer it takes.
    let moment: Microseconds
    switch reason {
    case .none: return
    case .until(let then): moment = then
    case .acknowledged:
      moment = network.now + min(max(200, (network.now - lastProgress) / 8), .milliseconds(20))
    }
    cancelPause = network.schedule(at: moment) { [weak self] in self?.resumeWriting() }
  }

  private func resumeWriting() {
    guard !isFinished else { return }
    if case .acknowledged(let offset) = pause {
      let facts = transport?.facts()
      let arrived = recorder.trace.ledger.written - (facts?.outstanding ?? 0)
      guard arrived >= offset, facts?.readByPeer != false else {
        pauseWriting(pause)
        return
      }
    }
    pause = .none
    proceed()
  }

  private func pumpSoon() {
    guard !isPumpScheduled else { return }
    isPumpScheduled = true
    network.soon { [weak self] in
      guard let self else { return }
      self.isPumpScheduled = false
      self.proceed()
    }
  }

  /// The connection broke under a write. A reply may wait behind the break: read it first.
  ///
  /// Measured on Linux: after `ECONNRESET` or `EPIPE` the receive queue is still readable.
  private func writeFailed(_ failure: SystemFailure) {
    recorder.trace.wireError = failure
    if failure.name != "EPIPE" { brokenBy = failure }
    outbox.removeAll()
    content = nil
    readAll()
    broke(failure)
  }
}
