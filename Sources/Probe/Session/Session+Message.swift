import SMTPDialogue
import SessionOptions
import SessionTrace

/// The message on its way: the dialogue says when it may go, the sender takes it piece by piece.
extension Session {
  /// The whole message may go.
  func beginContent() {
    guard let source = plan.content?() else { return }
    sender.begin(.whole(WholeMessage(source)))
    recorder.beganContent(.content, Verb.loneDot.row.word, at: network.now)
    progress.moved(at: network.now)
  }

  /// Sets about the next chunk.
  ///
  /// It is announced at once where its size is known: what is refused from here on is this chunk.
  func beginChunk() {
    corkForChunk()
    sender.beginChunk {
      plan.content.map {
        ChunkCutter(
          $0(), plan: plan.dialogue.chunking, total: plan.dialogue.message?.exactSize)
      }
    }
    progress.moved(at: network.now)
    takeMessage(pausing: false)
  }

  /// Takes the next of the message into the sender; the end of data leaves with the last of it.
  ///
  /// As MTAs do it: the five bytes that end the data are not cut off into a segment of their own
  /// unless a plan asks for that, since some firewalls swallow them there.
  func takeMessage(pausing: Bool = true) {
    do throws(ContentError) {
      switch try sender.takeMessage() {
      case .chunk(let size, let isLast):
        let command = dialogue.chunk(of: size, isLast: isLast)
        recorder.beganContent(command.verb, command.text, at: network.now)
      case .bytes(let bytes, let endsCommand, let endsMessage):
        noteEightBit(in: bytes)
        let content = dialogue.content(bytes, isEnd: endsCommand)
        enqueueContent(
          content, taken: bytes.count, endsCommand: endsCommand, endsMessage: endsMessage,
          farewell: endsMessage ? dialogue.farewellBehindMessage() : nil)
      case .notYet: if pausing { awaitContent() }
      case .tooShort(let missing):
        finish(
          .internalError("the message became \(missing) bytes shorter while it was being sent"))
      }
    } catch {
      recorder.trace.wireError = error.failure
      finish(.internalError("the message could not be read: \(error.failure.text)"))
    }
  }

  /// Notes what MAIL could not declare, because nobody knew of it: content of a pipe, or of a large file
  /// behind its beginning.
  private func noteEightBit(in bytes: [UInt8]) {
    guard mayHoldEightBit, bytes.firstEightBit(from: 0) != nil else { return }
    mayHoldEightBit = false
    recorder.trace.notes.append(
      "the message has 8-bit bytes, which MAIL did not declare: they were met when it was sent")
  }

  /// Looks again soon: the wait is for our own input, not for the peer.
  private func awaitContent() {
    progress.moved(at: network.now)
    sender.pause(.until(network.now + .milliseconds(1)))
  }
}
