/// Whether message content goes by BDAT in place of DATA (RFC 3030).
///
/// `on` also when the server does not offer CHUNKING: how a server takes that is one of the questions.
package enum ChunkingMode: String, CaseIterable, Codable, Sendable {
  /// By DATA, always.
  case off
  /// By BDAT when the server offers CHUNKING.
  case auto
  /// By BDAT, always.
  case on
  /// By BDAT when the server offers CHUNKING, the first chunk in one flight with the envelope where it offers
  /// PIPELINING (RFC 3030 section 4.2): as Gmail and Exim send.
  case early
}
