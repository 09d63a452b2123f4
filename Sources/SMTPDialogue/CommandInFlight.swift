/// A command that was sent and waits for its reply.
struct CommandInFlight: Equatable, Sendable {
  let verb: Verb
  /// Counted over all commands from 0; `nil` for the greeting, which no command asks for.
  let ordinal: Int?
  /// For whom the reply is, where each recipient has one of its own (RFC 2033 section 4.2); escaped.
  var recipient: String?
}

/// What a reply was when its first byte came; what is sent while it is being read changes nothing.
enum ReplyOrigin: Equatable, Sendable {
  /// The answer to the oldest command without one.
  case due
  /// Nothing waited for it, or nothing that had left.
  case unsolicited
  /// It came while content was being sent: a refusal is an early answer, anything else is not.
  case duringContent
}
