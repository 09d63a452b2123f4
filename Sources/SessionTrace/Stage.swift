/// One step of an SMTP delivery, in the order an MTA takes them.
///
/// The raw values are the words of the contract: command line, JSON, fixtures and logs all use them.
package enum Stage: String, CaseIterable, Codable, Sendable, Comparable {
  /// Names to addresses.
  case resolve
  /// The TCP handshake.
  case connect
  /// The server's greeting.
  case banner
  /// EHLO or HELO, in clear or again under TLS.
  case ehlo
  /// The STARTTLS command up to its reply.
  case starttls
  /// The TLS handshake.
  case tls
  /// The AUTH exchange.
  case auth
  /// MAIL FROM.
  case mail
  /// RCPT TO, any number of them.
  case rcpt
  /// The DATA command up to its reply.
  case data
  /// Message content, without its end.
  case body
  /// The end of data (`CRLF . CRLF`) up to its reply.
  case dot
  /// Leave-taking: RSET and QUIT.
  case quit

  /// The digit of the exit status that says where (manual, "Exit status").
  package var exitDigit: Int {
    switch self {
    case .resolve, .connect: 0
    case .banner: 1
    case .ehlo: 2
    case .starttls, .tls: 3
    case .auth: 4
    case .mail: 5
    case .rcpt: 6
    case .data: 7
    case .body, .dot: 8
    case .quit: 9
    }
  }

  package static func < (left: Stage, right: Stage) -> Bool { left.position < right.position }

  /// Its place in the order, from 0.
  package var position: Int { Stage.allCases.firstIndex(of: self) ?? 0 }
}
