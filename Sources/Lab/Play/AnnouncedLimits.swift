/// The numbers behind the keyword LIMITS, for a server that keeps to them (RFC 9422 section 4).
struct AnnouncedLimits: Sendable {
  private var messages = Int.max
  private var recipients = Int.max
  private var domains = Int.max

  init(_ capabilities: [String]) {
    let words = capabilities.map { $0.split(separator: " ") }.first { $0.first == "LIMITS" } ?? []
    for word in words.dropFirst() {
      let parts = word.split(separator: "=")
      guard parts.count == 2, let number = Int(parts[1]) else { continue }
      switch parts[0] {
      case "MAILMAX": messages = number
      case "RCPTMAX": recipients = number
      case "RCPTDOMAINMAX": domains = number
      default: break
      }
    }
  }

  /// What MAIL is answered; `nil` where it is within the limits.
  func refusal(ofMailIn transaction: HealthyReplies.Transaction) -> String? {
    transaction.senders < messages
      ? nil : "452 4.5.3 MAILMAX=\(messages): no more over this connection"
  }

  /// What RCPT is answered; `nil` where it is within the limits.
  func refusal(of command: CommandText, in transaction: HealthyReplies.Transaction) -> String? {
    guard transaction.hasSender else { return nil }
    if transaction.recipients >= recipients { return "452 4.5.3 RCPTMAX=\(recipients): too many" }
    if transaction.domains.union([command.domain]).count > domains {
      return "452 4.5.3 RCPTDOMAINMAX=\(domains): too many domains"
    }
    return nil
  }
}

extension CommandText {
  /// What stands behind the `@` of the path, in lower case; nothing where none does.
  var domain: String {
    let text = String(decoding: bytes, as: UTF8.self).lowercased()
    guard let at = text.lastIndex(of: "@") else { return "" }
    return String(text[at...].dropFirst().prefix { $0 != ">" })
  }
}
