import SMTPDialogue
import SessionTrace

/// Content by BDAT: the dialogue says when a chunk may go, the cutter how large it is.
extension Session {
  /// Sets about the next chunk; between chunks `content` is `nil`, since a reply is awaited.
  func beginChunk() {
    if chunks == nil {
      chunks = plan.content.map {
        ChunkCutter(
          $0(), plan: plan.dialogue.chunking, total: plan.dialogue.message?.exactSize)
      }
    }
    content = chunks?.source
    lastProgress = network.now
  }

  /// Takes the next bytes of content by BDAT into the outbox; the line leaves with the first of them.
  func refillChunk(_ cutter: ChunkCutter) throws(ContentError) {
    var cutter = cutter
    defer { if chunks != nil { chunks = cutter } }
    var bytes: [UInt8] = []
    if cutter.left == nil {
      guard let size = try cutter.open() else { return awaitContent() }
      let flight = dialogue.chunk(of: size, isLast: cutter.isLast)
      flight.commands.first.map { recorder.beganChunk($0, at: network.now) }
      bytes = flight.bytes
    }
    switch try cutter.next(65_536) {
    case .bytes(let part):
      bytes += part
      let isWhole = cutter.left == nil
      if isWhole {
        content = nil
        dialogue.chunkEnd()
      }
      enqueueContent(
        bytes, taken: part.count, endsCommand: isWhole, endsMessage: isWhole && cutter.isLast)
    case .notYet:
      if !bytes.isEmpty {
        enqueueContent(bytes, taken: 0, endsCommand: false, endsMessage: false)
      }
      awaitContent()
    case .tooShort(let missing):
      finish(.internalError("the message became \(missing) bytes shorter while it was being sent"))
    }
  }
}
