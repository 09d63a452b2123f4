import SessionTrace

extension PartsRecord {
  private static let mostLeftOver = 100

  /// A record of these parts; `nil` where all of the envelope goes at once.
  init?(_ parts: EnvelopeParts) {
    guard parts.sent.count > 1 || !parts.leftOver.isEmpty else { return nil }
    self.init(
      limits: parts.limits, recipients: parts.sent.map(\.recipients.count),
      leftOver: parts.leftOver.count,
      leftOverRecipients: parts.leftOver.prefix(Self.mostLeftOver).map { escapedText($0) })
  }
}
