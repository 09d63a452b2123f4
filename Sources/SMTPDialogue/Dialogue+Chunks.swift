import SessionTrace

/// Content by BDAT: each chunk is a command that its bytes follow, and waits for its reply.
///
///     -> sendChunk                 chunk(of: 500, isLast: true): "BDAT 500 LAST", then the bytes
///                                  chunkEnd()
///     S: 250 queued                bytes
///
/// The driver cuts, because it alone knows what the source has to give.
extension Dialogue {
  /// The line that announces the next chunk; its bytes follow at once (RFC 3030 section 2).
  package mutating func chunk(of size: Int, isLast: Bool) -> Flight {
    let line = CommandLine.chunk(of: size, isLast: isLast)
    if state == .gathering {
      state = .content(line.kind)
      commandsSent += 1
      hasBegunContent = true
    }
    return Flight([line])
  }

  /// The last byte of the chunk is on its way: its reply is due.
  package mutating func chunkEnd() { finishContent() }

  /// A chunk may go.
  mutating func openChunk() -> [Action] {
    state = .gathering
    return [.sendChunk]
  }
}
