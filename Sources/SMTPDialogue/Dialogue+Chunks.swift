import SessionTrace

/// Content by BDAT: each chunk is a command that its bytes follow, and waits for its reply.
///
///     -> sendChunk                 chunk(of: 500, isLast: true)
///                                  content(bytes, isEnd: true): "BDAT 500 LAST", then the bytes
///     S: 250 queued                bytes
///
/// The driver cuts, because it alone knows what the source has to give.
extension Dialogue {
  /// Announces the next chunk; its line leaves with the first of its bytes (RFC 3030 section 2).
  package mutating func chunk(of size: Int, isLast: Bool) -> Command {
    let line = CommandLine.chunk(of: size, isLast: isLast)
    if state == .gathering {
      state = .content(line.kind)
      commandsSent += 1
      hasBegunContent = true
      announced = line.bytes
    }
    return line.command
  }

  /// A chunk may go.
  mutating func openChunk() -> [Action] {
    state = .gathering
    return [.sendChunk]
  }
}
