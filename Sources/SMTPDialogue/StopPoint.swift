/// Where to end a session on purpose, after the reply to the command named.
///
/// The words are those of swaks' `--quit-after`, which many postmasters know; upper or lower case.
package enum StopPoint: String, CaseIterable, Codable, Sendable {
  /// After the greeting.
  case banner
  /// After the first EHLO, before STARTTLS.
  case firstHelo = "first-helo"
  /// After the TLS handshake; after EHLO where no TLS came about.
  case tls
  /// After the last EHLO (the one under TLS when there is one).
  case helo
  /// After MAIL FROM.
  case mail
  /// After the last RCPT TO.
  case rcpt
  /// After DATA: the default. The connection is then closed without a dot.
  case data
  /// After the end of the message.
  case dot

  /// The stop point `word` names, or `nil`; upper and lower case are alike.
  package init?(word: String) {
    let lowercased = word.lowercased()
    guard let match = StopPoint.allCases.first(where: { $0.words.contains(lowercased) }) else {
      return nil
    }
    self = match
  }

  /// Every word ``init(word:)`` knows, in the order of a session.
  package static var words: [String] { allCases.flatMap(\.words) }

  private var words: [String] {
    switch self {
    case .banner: ["connect", "banner"]
    case .firstHelo: ["first-helo", "first-ehlo"]
    case .tls: ["starttls", "tls"]
    case .helo: ["helo", "ehlo"]
    case .mail: ["mail", "from"]
    case .rcpt: ["rcpt", "to"]
    case .data: ["data"]
    case .dot: ["dot"]
    }
  }
}
