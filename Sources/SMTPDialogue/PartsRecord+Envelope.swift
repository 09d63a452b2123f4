import SessionTrace

extension PartsRecord {
  private static let mostLeftOver = 100

  /// A record of these parts; `nil` where there is but one.
  init?(_ parts: [Envelope], _ offered: Capabilities) {
    guard parts.count > 1 else { return nil }
    let limits = ["RCPTMAX", "RCPTDOMAINMAX"].compactMap { name in
      offered.limit(name).map { "\(name)=\($0)" }
    }
    let most = min(parts.count, offered.limit("MAILMAX") ?? parts.count)
    let leftOver = parts[most...].flatMap(\.recipients)
    self.init(
      limits: limits + (most < parts.count ? ["MAILMAX=\(most)"] : []),
      recipients: parts[..<most].map(\.recipients.count), leftOver: leftOver.count,
      leftOverRecipients: leftOver.prefix(Self.mostLeftOver).map { escapedText($0) })
  }
}
