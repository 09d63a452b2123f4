/// What a session does at AUTH (RFC 4954): whether it may go on without.
///
/// Credentials and mechanisms are no part of the dialogue: it says when it is time for a move, and
/// whoever has them makes it.
package struct AuthenticationPlan: Equatable, Sendable {
  /// Where no mechanism can be used, or the server refuses, the session goes on as nobody.
  package var isOptional: Bool

  package init(isOptional: Bool = false) { self.isOptional = isOptional }
}

/// The client's next move at AUTH.
package enum AuthenticationMove: Equatable, Sendable {
  /// Begin, with the first response where the mechanism has one to offer.
  case begin(mechanism: String, response: [UInt8]?)
  /// Answer the challenge.
  case respond([UInt8])
  /// Take it back (`*`) for what the server said; plain ASCII says why.
  case cancel(String)
  /// Take it back for what we lack; plain ASCII says why.
  case abandon(String)
  /// Nothing that the server offers can be used; plain ASCII says why.
  case unavailable(String)
}

/// A line of the exchange: in the clear for the wire, and with stars for everybody else.
extension CommandText {
  /// `AUTH PLAIN AGFsaWNl…`; RFC 4954 section 4 has a first response only where the line holds 512 bytes,
  /// and `=` for one that is empty.
  static func authentication(_ mechanism: String, _ response: [UInt8]?) -> (
    line: CommandText, isWhole: Bool
  ) {
    let word = Array("\(Verb.auth.row.word) \(mechanism)".utf8)
    guard let response else { return (CommandText(.auth, word), true) }
    let coded = response.isEmpty ? [UInt8(ascii: "=")] : Base64.encoded(response)
    let line = word + [UInt8(ascii: " ")] + coded
    guard line.count + 2 <= longestLine else { return (CommandText(.auth, word), false) }
    return (CommandText(.auth, line, secretFrom: word.count + 1), true)
  }

  /// The answer to a challenge.
  static func response(_ bytes: [UInt8]) -> CommandText {
    CommandText(.authResponse, Base64.encoded(bytes), secretFrom: 0)
  }

  /// Takes the exchange back.
  static let cancellation = CommandText(.authResponse, [UInt8(ascii: "*")])

  /// RFC 5321 section 4.5.3.1.4.
  private static let longestLine = 512
  /// Of an answer to a challenge, CRLF in it (RFC 4954 section 4).
  static let longestResponse = 12_288
}
