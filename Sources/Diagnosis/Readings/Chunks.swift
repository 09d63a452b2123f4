import SMTPDialogue
import SessionTrace

/// Message content that goes by BDAT (RFC 3030): each chunk is a command with its bytes.
extension CommandRecord {
  /// Whether it is a chunk.
  package var isChunk: Bool { namesChunk(text) }
}

extension ReplyRecord {
  /// Whether it answers a chunk.
  var answersChunk: Bool { command.map(namesChunk) == true }
}

private func namesChunk(_ line: String) -> Bool { line.hasPrefix("\(Verb.bdat.row.word) ") }

extension Trace {
  /// Whether the message, as far as it got, went by BDAT.
  var sendsChunks: Bool { commands.contains(where: \.isChunk) }

  /// The chunk whose reply is missing, all of it handed over.
  var unansweredChunk: CommandRecord? {
    guard let first = commands.first(where: { !$0.isAnswered }), first.isChunk,
      isHandedOver(first, in: self)
    else { return nil }
    return first
  }
}
