/// The parts of an envelope that was too large for one transaction, by the limits that the server announces (RFC
/// 9422); each has a transaction of its own, with MAIL before its recipients.
package struct PartsRecord: Codable, Sendable, Equatable {
  /// The limits that ask for it, as the server says them: `RCPTMAX=2`. Escaped.
  package var limits: [String]
  /// How many recipients each part has, in the order of the transactions.
  package var recipients: [Int]
  /// Recipients that no part is for, since the server takes no more messages, or domains, over one connection.
  package var leftOver: Int
  /// Who they are, the first hundred: addresses, escaped.
  package var leftOverRecipients: [String]

  package init(
    limits: [String], recipients: [Int], leftOver: Int = 0, leftOverRecipients: [String] = []
  ) {
    self.limits = limits
    self.recipients = recipients
    self.leftOver = leftOver
    self.leftOverRecipients = leftOverRecipients
  }

  /// As much of it as we would write ourselves; a report from elsewhere may say anything.
  var bounded: PartsRecord {
    PartsRecord(
      limits: limits.prefix(16).map { boundedText($0) }, recipients: Array(recipients.prefix(256)),
      leftOver: leftOver, leftOverRecipients: leftOverRecipients.prefix(100).map { boundedText($0) }
    )
  }

  private enum CodingKeys: String, CodingKey {
    case limits, recipients
    case leftOver = "left_over"
    case leftOverRecipients = "left_over_recipients"
  }
}
