package import SessionTrace

/// A complete reply, and what it answers.
package struct AnsweredReply: Equatable, Sendable {
  package var reply: Reply
  /// Ordinal of the command, counted over all commands from 0 (EHLO is the first).
  ///
  /// Message content with its dot counts as one command, sent at `sendContent`. `nil` for the
  /// greeting and for a reply that nothing waited for.
  package var command: Int?
  package var isGreeting: Bool
  /// Where it stood in the clear text received, half open; counted over the whole session.
  package var byteRange: Range<Int>
  /// False when it began while no reply was due.
  package var wasDue: Bool
  package var stage: Stage
  /// For whom it is, where each recipient has a reply of its own (RFC 2033 section 4.2); escaped.
  package var recipient: String?
  /// Whether the command has all the replies that it is owed.
  package var isLast = true
}
