/// How well-known clients log a verb that goes wrong.
///
/// Postfix: `smtp_proto.c` and `smtp_trouble.c`; Exim: `smtp_command` in `transports/smtp.c`; swaks: the
/// table "EXIT CODES" of its manual.
package struct LogNames: Sendable {
  /// What Exim calls it.
  package enum Exim: Sendable {
    /// Nothing.
    case nothing
    /// Words of its own.
    case words(String)
    /// The line as said.
    case line
    /// The line as said, `pipelined` in front where it left with others.
    case groupedLine
  }

  /// Words for a refusal, from the server's name and what it said.
  package typealias Refusal = @Sendable (_ host: String, _ said: String) -> String

  /// What Postfix says it was doing: `lost connection with … while sending MAIL FROM`.
  package var postfix: String?
  /// What Postfix says when it is refused.
  package var refusal: Refusal?
  package var exim = Exim.nothing
  /// The exit status of swaks, and where it has another under TLS, that; `nil` where it says no such thing.
  package var swaks: Int?
  package var swaksUnderTLS: Int?

  /// While content is under way there is no verb that waits for its reply.
  static let contentUnderWay = LogNames(
    postfix: "sending message body", refusal: refuses("end of DATA command"),
    exim: .words("sending data block"), swaks: 26)

  static let refusesToTalk: Refusal = { "host \($0) refused to talk to me: \($1)" }
  static let refusesTLS: Refusal = {
    "TLS is required, but host \($0) refused to start TLS: \($1)"
  }
  static func refuses(_ command: String) -> Refusal {
    { "host \($0) said: \($1) (in reply to \(command))" }
  }
}
