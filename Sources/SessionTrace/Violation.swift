/// Something the peer did that SMTP does not allow.
///
/// What the peer does is data: a violation never throws. Whether the session can go on after it is
/// the dialogue's decision, told by ``isFatal``.
package struct Violation: Codable, Sendable, Equatable {
  /// Which rule was broken.
  package enum Kind: String, Codable, Sendable, CaseIterable {
    /// A reply line that does not begin with three digits and a space, a hyphen or the line end.
    case malformedReply = "malformed_reply"
    /// A reply code outside 200–559, or of a class that the command cannot have.
    case unexpectedCode = "unexpected_code"
    /// The lines of one reply carry different codes.
    case mixedCodes = "mixed_codes"
    /// A line ended by LF alone (RFC 5321 section 2.3.8).
    case bareLineFeed = "bare_lf"
    /// A CR that no LF follows, inside a line.
    case bareCarriageReturn = "bare_cr"
    /// A reply line longer than 512 octets (RFC 5321 section 4.5.3.1.5).
    case longReplyLine = "long_reply_line"
    /// A reply with so many lines or bytes that reading on would only fill memory.
    case endlessReply = "endless_reply"
    /// NUL in a reply.
    case nulInReply = "nul_in_reply"
    /// An octet over 127 in a reply although SMTPUTF8 was not in use.
    case eightBitInReply = "eight_bit_in_reply"
    /// A reply arrived although no command was waiting for one.
    case unsolicitedReply = "unsolicited_reply"
    /// Clear text followed the reply to STARTTLS in the same flight: the injection signature.
    case clearTextAfterStartTLS = "clear_text_after_starttls"
    /// A capability list under TLS that still offers STARTTLS (RFC 3207 section 4.2).
    case startTLSOfferedInTLS = "starttls_offered_in_tls"
    /// A challenge of AUTH that is no Base64, or that the mechanism has no answer to (RFC 4954 section 4).
    case badChallenge = "bad_challenge"
    /// A yes to a mechanism of AUTH in which the server was to prove first that it knows the password (RFC 5802
    /// section 5).
    case unprovenServer = "unproven_server"
  }

  package var kind: Kind
  /// Where the session stood.
  package var stage: Stage
  /// When it was seen; microseconds from the start of the session.
  package var at: Microseconds
  /// The offending bytes, escaped by ``escapedText(_:)``, cut to what shows the point.
  package var bytes: String
  /// Whether the dialogue could not go on.
  package var isFatal: Bool

  package init(kind: Kind, stage: Stage, at: Microseconds, bytes: String, isFatal: Bool) {
    self.kind = kind
    self.stage = stage
    self.at = at
    self.bytes = bytes
    self.isFatal = isFatal
  }

  private enum CodingKeys: String, CodingKey {
    case kind, stage, bytes
    case at = "at_us"
    case isFatal = "fatal"
  }
}
