import SessionTrace

/// What the peer owes a reply to; replies are matched to these by count and nothing else.
enum ReplyDue: Equatable, Sendable {
  /// The connection itself.
  case greeting
  case ehlo
  case helo
  case startTLS
  case mail
  case rcpt
  case data
  /// The message content, owed from its end (`CRLF . CRLF`) on.
  case content
  /// A chunk of it, and the one that says LAST (RFC 3030 section 2).
  case chunk
  case lastChunk
  /// A dot without content, after DATA was accepted although no recipient was (RFC 2920 section 3.1).
  case loneDot
  case reset
  case quit

  /// Where a session stands that waits for this reply.
  var stage: Stage {
    switch self {
    case .greeting: .banner
    case .ehlo, .helo: .ehlo
    case .startTLS: .starttls
    case .mail: .mail
    case .rcpt: .rcpt
    case .data: .data
    case .chunk: .body
    case .content, .lastChunk, .loneDot: .dot
    case .reset, .quit: .quit
    }
  }

  /// Message content, whole or in part.
  var isContent: Bool {
    switch self {
    case .content, .chunk, .lastChunk: true
    case .greeting, .ehlo, .helo, .startTLS, .mail, .rcpt, .data, .loneDot, .reset, .quit: false
    }
  }

  /// The reply to it is the last that a delivery wants.
  var isLast: Bool {
    switch self {
    case .content, .lastChunk, .loneDot, .reset, .quit: true
    case .greeting, .ehlo, .helo, .startTLS, .mail, .rcpt, .data, .chunk: false
    }
  }

  /// Whether a reply of `code` can be an answer at all (RFC 5321 section 4.3.2).
  ///
  /// DATA alone has an intermediate reply, and never a final positive one; QUIT alone is answered by
  /// 221, with which the server leaves.
  func canHave(_ code: Int) -> Bool {
    switch self {
    case .data: (300...599).contains(code)
    case .quit: (200...299).contains(code) || (400...599).contains(code)
    case .greeting, .ehlo, .helo, .startTLS, .mail, .rcpt, .content, .chunk, .lastChunk, .loneDot,
      .reset:
      ((200...299).contains(code) && code != 221) || (400...599).contains(code)
    }
  }
}
