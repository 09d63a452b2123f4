/// Whether MAIL, RCPT and DATA leave as one flight (RFC 2920).
///
/// `on` also when the server does not offer it: how a server takes that is one of the questions.
package enum PipeliningMode: String, CaseIterable, Codable, Sendable {
  /// When the server offers PIPELINING.
  case auto
  /// Always.
  case on
  /// Always, and EHLO with them, before the greeting has come: what Exim does at a server that offered
  /// PIPECONNECT the last time (draft-harris-early-pipe).
  case early
  /// Never: each command waits for the reply to the one before it.
  case off
}
