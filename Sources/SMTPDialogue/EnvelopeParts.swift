import SessionOptions

/// An envelope as one connection can carry it: whole, or in parts for a server that says how many recipients it takes
/// (RFC 9422 section 4).
///
/// Limits of recipients are of a message, those of domains and of messages of the whole session.
struct EnvelopeParts: Sendable, Equatable {
  /// One for each transaction, in the order of the recipients; at least one.
  private(set) var sent: [Envelope]
  /// Recipients that another connection would be for.
  private(set) var leftOver: [[UInt8]] = []
  /// The limits by which recipients are parted or left over, as the server says them: `RCPTMAX=2`.
  private(set) var limits: [String] = []
  /// How many transactions there would be, were there no limit of them.
  private(set) var wanted = 1

  /// The envelope in one transaction.
  init(whole: Envelope) { sent = [whole] }

  /// The same as the limits ask, where each of so many messages is sent to all.
  init(_ whole: Envelope, _ offered: Capabilities, messages: Int) {
    self.init(whole: whole)
    let mostRecipients = offered.limit("RCPTMAX")
    let mostDomains = offered.limit("RCPTDOMAINMAX")
    guard whole.recipients.count > 1, mostRecipients != nil || mostDomains != nil else { return }
    let (kept, others) = whole.recipients(inFirst: mostDomains ?? .max)
    let size = mostRecipients ?? .max
    let groups = kept.inGroups(of: size)
    let mostMessages = offered.limit("MAILMAX") ?? .max
    let most = min(mostMessages, max(1, SessionOptions.mostTransactions / max(1, messages)))
    wanted = groups.count
    sent = groups.prefix(most).map { Envelope($0, of: whole) }
    leftOver = groups.dropFirst(most).flatMap(\.self) + others
    if groups.count > 1 { limits.append("RCPTMAX=\(size)") }
    if !others.isEmpty, let mostDomains { limits.append("RCPTDOMAINMAX=\(mostDomains)") }
    if groups.count > mostMessages { limits.append("MAILMAX=\(mostMessages)") }
  }
}

extension Envelope {
  /// How many domains the recipients are in, a bare local part's among them.
  var recipientDomains: Int { Set(recipients.map(Self.domain)).count }

  /// The recipients in the first so many domains that are named, and all others.
  fileprivate func recipients(inFirst most: Int) -> (kept: [[UInt8]], others: [[UInt8]]) {
    guard most < .max else { return (recipients, []) }
    var domains: Set<[UInt8]> = []
    var kept: [[UInt8]] = []
    var others: [[UInt8]] = []
    for recipient in recipients {
      let domain = Self.domain(of: recipient)
      if domains.count < most { domains.insert(domain) }
      if domains.contains(domain) { kept.append(recipient) } else { others.append(recipient) }
    }
    return (kept, others)
  }

  /// What stands behind the last `@`, in lower case; nothing for a bare local part.
  private static func domain(of recipient: [UInt8]) -> [UInt8] {
    guard let at = recipient.lastIndex(of: UInt8(ascii: "@")) else { return [] }
    return recipient[(at + 1)...].map(Byte.lowercased)
  }
}

extension [[UInt8]] {
  fileprivate func inGroups(of size: Int) -> [ArraySlice<[UInt8]>] {
    stride(from: 0, to: count, by: Swift.min(size, count)).map { dropFirst($0).prefix(size) }
  }
}
