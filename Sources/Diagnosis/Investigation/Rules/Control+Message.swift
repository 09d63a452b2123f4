import SessionOptions
import SessionTrace
import SMTPDialogue

/// What a session does with its message.
extension Control {
  var sendsMessage: Bool { subject.message != nil }

  /// The variation that mends a trait which the message has.
  func mends(_ mend: MessageMend) -> Variation? {
    guard let message = subject.message else { return nil }
    let has =
      switch mend {
      case .zeros: message.hasZeros
      case .eightBit: message.hasEightBit
      case .longLines: message.longestLine > 78
      case .lineEnds: message.hasBareLineEnds
      // Every message has a last line: that is a try of its own.
      case .lastLine: false
      }
    return has ? .mended(mend) : nil
  }

  /// Whether it fails behind a message that was taken over the same connection.
  var failsBehindMessages: Bool {
    status != .ok && trace.messagesTaken > 0 && trace.messagesTaken < trace.transactionsWanted
  }

  /// A last line that is empty where the message's is not, and the other way round.
  var otherLastLine: Variation? {
    subject.message.map { .lastLine(isEmpty: !$0.endsWithEmptyLine) }
  }

  /// It sends a message, and fails while or after that is sent.
  var failsOnMessage: Bool {
    sendsMessage && group == .message && status != .unreachable
  }

  /// Whether the server says that the message is too large (RFC 1870 section 6.1, RFC 3463 section 3.4).
  var refusesSize: Bool {
    guard isRefused, sendsMessage, let refusal else { return false }
    return refusal.reason == .size || refusal.code == 552 && refusal.reason != .mailbox
  }

  /// Whether a refusal came before the end of the data had left.
  var repliedEarly: Bool { trace.replies.contains { $0.stage == .body && $0.code >= 400 } }

  /// The extension whose parameter MAIL carried.
  var mailKeyword: String? {
    guard let mail = trace.commands.last(where: { $0.stage == .mail })?.text.uppercased() else {
      return nil
    }
    let keywords = [(" SIZE=", "SIZE"), (" BODY=", "8BITMIME"), (" SMTPUTF8", "SMTPUTF8")]
    return keywords.first { mail.contains($0.0) }?.1
  }

  /// Whether MAIL or RCPT carries parameters that its user asked for.
  var hasOwnParameters: Bool { trace.hasOption("mail_param") || trace.hasOption("rcpt_param") }

  /// A small message that is declared as before.
  var smallMessage: Variation? {
    subject.message.flatMap {
      $0.size > 2 * Variation.smallMessageSize ? .messageSize(Variation.smallMessageSize) : nil
    }
  }
}

extension [Criterion] {
  /// The other traits of the message are not what is minded: what knows it by its bytes minds each change.
  static func staysWithout(allBut mend: MessageMend) -> [Criterion] {
    MessageMend.allCases.filter { $0 != mend }.map { other in .stays { $0.mends(other) } }
  }
}

extension Variation {
  /// Bytes of a message that no limit of a size minds.
  static let smallMessageSize = 256

  /// A message that no limit of a size minds.
  static let smallMessage = messageSize(smallMessageSize)
}
