import SMTPDialogue
import SessionTrace
import SessionOptions

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
    do throws(ContentError) {
      try announceChunk()
    } catch {
      contentFailed(error)
    }
  }

  /// Takes the next bytes of content by BDAT into the outbox; the line leaves with the first of them.
  func refillChunk() throws(ContentError) {
    if chunks?.left == nil { try announceChunk() }
    guard let left = chunks?.left, let part = try chunks?.next(min(left, 65_536)) else {
      return awaitContent()
    }
    switch part {
    case .bytes(let bytes): enqueueChunk(bytes)
    case .notYet: awaitContent()
    case .tooShort(let missing):
      finish(.internalError("the message became \(missing) bytes shorter while it was being sent"))
    }
  }

  /// Begins the next chunk, if the source has given enough to tell its size.
  private func announceChunk() throws(ContentError) {
    guard let size = try chunks?.open(), let isLast = chunks?.isLast else { return }
    let flight = dialogue.chunk(of: size, isLast: isLast)
    flight.commands.first.map { recorder.beganChunk($0, at: network.now) }
    chunks?.line = flight.bytes
  }

  private func enqueueChunk(_ bytes: [UInt8]) {
    guard let cutter = chunks else { return }
    let isWhole = cutter.left == nil
    chunks?.line = []
    if isWhole {
      content = nil
      dialogue.chunkEnd()
    }
    enqueueContent(
      cutter.line + bytes, taken: bytes.count, endsCommand: isWhole,
      endsMessage: isWhole && cutter.isLast)
  }
}
