import SessionTrace

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
  /// After a NOOP behind the last EHLO: whether commands are answered at all. swaks has no such stop.
  case noop
  /// After AUTH; after EHLO where nobody asked for it.
  case auth
  /// After MAIL FROM.
  case mail
  /// After the last RCPT TO.
  case rcpt
  /// After DATA: the default. The connection is then closed without a dot.
  case data
  /// After the end of the message.
  case dot

  /// Whether no envelope is sent.
  package var isBeforeEnvelope: Bool {
    switch self {
    case .banner, .firstHelo, .tls, .helo, .noop, .auth: true
    case .mail, .rcpt, .data, .dot: false
    }
  }

  /// Every word that names one, in the order of a session.
  package static var choices: [String] { allCases.flatMap(\.words) }

  private var words: [String] {
    switch self {
    case .banner: ["connect", "banner"]
    case .firstHelo: ["first-helo", "first-ehlo"]
    case .tls: ["starttls", "tls"]
    case .helo: ["helo", "ehlo"]
    case .noop: ["noop"]
    case .auth: ["auth"]
    case .mail: ["mail", "from"]
    case .rcpt: ["rcpt", "to"]
    case .data: ["data"]
    case .dot: ["dot"]
    }
  }
}

extension StopPoint: OptionWord {
  /// The stop point that `text` names; upper and lower case are alike.
  package init(option text: String) throws(OptionWordError) {
    let word = text.lowercased()
    guard let match = StopPoint.allCases.first(where: { $0.words.contains(word) }) else {
      throw OptionWordError(
        "no such stop; use one of \(StopPoint.choices.joined(separator: ", "))"
          + suggestion(for: word, among: StopPoint.choices))
    }
    self = match
  }
}
