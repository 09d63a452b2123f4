import SMTPDialogue
import SessionOptions
import SessionTrace
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
    let prepared = prepare(flight.bytes, stage: stage, commandEnds: ends, continues: false)
    recorder.prepared(
      flight.commands, ends: ends.map(prepared.wire.wireOffset), length: prepared.wire.bytes.count,
      at: network.now)
    // The SYN may have carried them already.
    dialogue.handedOver(commands: recorder.commandsHandedOver)
    queue(prepared, stage: stage, continues: false)
  }

  /// The header of the PROXY protocol, before anything else; nothing is sealed yet.
  func enqueueProxyHeader(on channel: Channel) {
    guard let proxy = plan.proxy else { return }
    let remote: Endpoint? =
      switch (recorder.trace.target.address, recorder.trace.target.port) {
      case (let address?, let port?): .ip(address: address, port: port)
      case (nil, _), (_, nil): nil
      }
    let local = channel.transport.localEndpoint
    let bytes = proxy.bytes(from: local, to: remote)
    let prepared = prepare(bytes, stage: .connect, commandEnds: [bytes.count], continues: false)
    recorder.preparedHeader(proxy.text(from: local, to: remote), length: bytes.count)
    queue(prepared, stage: .connect, continues: false)
  }

  /// A flight of TLS's own; `name` is `nil` when nobody owes it an answer.
  func enqueueTLS(_ flight: TLSFlight, name: String?) {
    recorder.preparedTLS(name, length: flight.bytes.count)
    queue(Prepared(wire: Channel.Sealed(flight.bytes)), stage: .tls, continues: false)
  }

  /// Content on its way, made from `taken` bytes of the message; whether it is the end of a command
  /// (a chunk, or the end of data), and of the message, and what leaves with that in one write.
  func enqueueContent(
    _ bytes: [UInt8], taken: Int, endsCommand: Bool, endsMessage: Bool, farewell: Flight? = nil
  ) {
    let prepared = prepare(
      bytes, stage: .body, commandEnds: [], continues: !endsCommand, farewell: farewell)
    recorder.preparedContent(
      length: prepared.farewellStart, taken: taken, endsCommand: endsCommand,
      endsMessage: endsMessage)
    if let farewell {
      let length = prepared.wire.bytes.count - prepared.farewellStart
      recorder.prepared(farewell.commands, ends: [length], length: length, at: network.now)
      corkForFIN()
    }
    queue(prepared, stage: .body, continues: !endsCommand)
  }

  /// Bytes ready for the wire, and where to cut them.
  private struct Prepared {
    var wire: Channel.Sealed
    var cuts: [Int] = []
    /// Where words begin that leave with the end of a message; the end where there are none.
    var farewellStart = 0
  }

  private func prepare(
    _ bytes: [UInt8], stage: Stage, commandEnds: [Int], continues: Bool, farewell: Flight? = nil
  ) -> Prepared {
    let marked = sender.mark(
      bytes, stage: stage, commandEnds: commandEnds, continues: continues)
    switch channel?.seal(farewell.map { marked.ready + $0.bytes } ?? marked.ready) {
    case .success(let wire)?:
      let end = wire.wireOffset(ofEnd: marked.ready.count)
      // One command a segment: the last words are another.
      let cuts = marked.cuts + (farewell != nil && sender.cutsCommands ? [marked.ready.count] : [])
      return Prepared(
        wire: wire, cuts: cuts.map(wire.wireOffset), farewellStart: end)
    case .failure(let error)?: finish(.internalError("\(error.operation): \(error.text)"))
    case nil: break
    }
    return Prepared(wire: Channel.Sealed([]))
  }

  /// Gives the sender what it is to cut and send.
  private func queue(_ prepared: Prepared, stage: Stage, continues: Bool) {
    if sender.plans(stage) { checkSegments() }
    sender.queue(
      prepared.wire.bytes, cuts: prepared.cuts, stage: stage, continues: continues,
      // Content at full speed asks for times only now and then: each costs a trip to the error queue.
      wantsTimestamps: stage != .body || !continues || stampsContent())
  }

  /// Closes the count of the planned pieces that have all left, and begins one for the next.
  ///
  /// Flight by flight, so that one piece gone wrong does not cast doubt on the whole session.
  private func checkSegments() {
    guard sender.isEmpty, let facts = channel?.transport.facts(), (facts.unsent ?? 0) == 0 else {
      return
    }
    if recorder.isCheckingSegments { recorder.checkSegments(facts) }
    recorder.startSegmentCheck(facts)
  }

  /// Has the kernel keep the last segment back for the FIN that is coming: Exim, which writes with
  /// `MSG_MORE` before `shutdown`, has dot, QUIT and FIN in one.
  private func corkForFIN() {
    guard plan.halfCloses, channel?.tls == nil, !sender.plans(.body) else { return }
    _ = channel?.transport.set(.cork(true))
  }

  /// Has the kernel join what is about to leave with the chunk behind it, as `MSG_MORE` does for Exim: Gmail has
  /// MAIL, RCPT and the message in one packet.
  func corkForChunk() {
    guard !sender.isEmpty, !sender.plans(.body) else { return }
    isCorked = true
    _ = channel?.transport.set(.cork(true))
  }

  /// Whatever is still held back leaves.
  private func uncork() {
    guard isCorked else { return }
    isCorked = false
    _ = channel?.transport.set(.cork(false))
  }

  /// Closes our direction once the last words have gone to the kernel.
  func halfCloseBehindGoodbye() {
    guard plan.halfCloses, dialogue.hasSaidGoodbye, !sender.hasMore, let channel,
      channel.tls == nil, recorder.trace.halfClosed == nil
    else { return }
    channel.transport.shutdownWrite()
    recorder.trace.halfClosed = recorder.relative(network.now)
  }

  private func stampsContent() -> Bool {
    let start = recorder.trace.content?.start ?? 0
    return (recorder.prepared - start) % (1 << 20) < 1 << 16
  }

  /// Does what the sender asks for, until it rests or has nothing more.
  func pump() {
    // Whatever it rests for has been arranged for.
    guard sender.rest == nil else { return }
    sender.beginTurn()
    while !isFinished, let channel {
      switch sender.next() {
      case .send(let bytes, let piece): write(bytes, of: piece, to: channel)
      case .takeMessage: takeMessage()
      case .rest(let reason):
        uncork()
        return arrangeEnd(of: reason)
      case .idle:
        halfCloseBehindGoodbye()
        return uncork()
      }
    }
  }

  private func write(_ bytes: ArraySlice<UInt8>, of piece: Piece, to channel: Channel) {
    // What follows is not of the plan, and would be counted among its segments.
    if !piece.isPlanned, recorder.isCheckingSegments {
      recorder.checkSegments(channel.transport.facts())
    }
    // Before the call: the kernel may have sent and stamped the bytes by the time it returns.
    let handedOver = network.now
    factsOfRead = nil
    switch channel.write(
      bytes, endsSegment: piece.isPlanned, wantsTimestamps: piece.wantsTimestamps)
    {
    case .wrote(let count):
      recorder.wrote(count, of: piece, completes: count == bytes.count, at: handedOver)
      dialogue.handedOver(commands: recorder.commandsHandedOver)
      let now = network.now
      progress.wrote(at: now)
      sender.wrote(count, of: piece, written: recorder.trace.ledger.written, at: now)
    case .wouldBlock: sender.pause(.kernelIsFull)
    case .failed(let failure): writeFailed(failure)
    }
  }

  /// Sees to it that the sender goes on when what it rests for is over.
  ///
  /// Acknowledgements are looked for rather than awaited, because data in a Fast Open SYN gets no
  /// timestamp, and a UNIX socket, where reading is what counts, none at all.
  private func arrangeEnd(of rest: Sender.Rest) {
    let moment: Microseconds
    switch rest {
    // The loop says when.
    case .kernelIsFull: return
    case .turn: return network.soon { [weak self] in self?.resumeWriting() }
    case .until(let then): moment = then
    case .acknowledged: moment = progress.nextLookForAcknowledgement(at: network.now)
    }
    cancelPause = network.schedule(at: moment) { [weak self] in self?.resumeWriting() }
  }

  private func resumeWriting() {
    guard !isFinished, let rest = sender.rest else { return }
    if case .acknowledged(let offset) = rest {
      let facts = channel?.transport.facts()
      let arrived = recorder.trace.ledger.written - (facts?.outstanding ?? 0)
      guard arrived >= offset, facts?.readByPeer != false else { return arrangeEnd(of: rest) }
    }
    sender.resume()
    proceed()
  }

  /// The connection broke under a write. A reply may wait behind the break: read it first.
  ///
  /// Measured on Linux: after `ECONNRESET` or `EPIPE` the receive queue is still readable.
  private func writeFailed(_ failure: SystemFailure) {
    recorder.trace.wireError = failure
    sender.drop()
    readAll(toTheEnd: true)
    broke(failure)
  }
}
