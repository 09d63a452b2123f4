package import SessionTrace

/// What the server does: a line of `S:`, either words to say or a stage direction in parentheses.
package enum Direction: Sendable, Equatable {
  /// These bytes, as they are.
  case say([UInt8])
  /// What a healthy server would say here.
  case asUsual
  /// No reply to this one; the dialogue goes on.
  case sayNothing
  /// Reads on and never speaks again.
  case fallSilent
  /// Reads no more; what it says next is still said.
  case stopReading
  /// Throws away what the client has sent ahead.
  case dropQueuedInput
  /// Ends the segment here.
  case nextSegment
  /// Does nothing for a while, not even read commands.
  case pause(Microseconds)
  /// FIN after what was said; reads on quietly until the client closes too.
  case hangUp
  /// `close(2)`: the kernel sends RST instead of FIN when input is unread.
  case close
  /// RST.
  case reset
  /// Begins the TLS handshake without having said so.
  case startTLS
  /// FIN without TLS's own closing word before it; reads on quietly until the client closes too.
  case hangUpInSilence
  /// close_notify; the TCP connection stays.
  case closeTLS
  /// These bytes, past TLS.
  case sendInClear([UInt8])
  /// How the words of this rule so far reach the wire.
  case shape(ReplyShape)
}

/// How the bytes of a reply are cut and paced.
package enum ReplyShape: Sendable, Equatable {
  /// The rest is never sent.
  case cut(after: Int)
  /// Two segments with a pause between.
  case split(after: Int, pause: Microseconds)
  /// Segments of so many bytes, so far apart.
  case drip(bytes: Int, every: Microseconds)
  /// Each CRLF becomes a bare LF.
  case bareLineFeeds
  /// The words so many times over.
  case times(Int)
  /// Nothing is done for so long before the words.
  case late(Microseconds)
}
