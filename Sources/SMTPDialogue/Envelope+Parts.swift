/// Recipients in groups, for a server that says how many it takes (RFC 9422).
extension Envelope {
  /// The envelope in parts of at most so many recipients, and of recipients in at most so many domains; itself
  /// where it is within that.
  ///
  /// Recipients keep their order, but that a limit of domains brings those of one domain together.
  func parts(mostRecipients: Int?, mostDomains: Int?) -> [Envelope] {
    let most = mostRecipients ?? .max
    let domains = recipients.map(Self.domain)
    var parts: [[[UInt8]]] = []
    var seen: Set<[UInt8]> = []
    for index in mostDomains == nil ? Array(recipients.indices) : indicesByDomain(domains) {
      let isNew = !seen.contains(domains[index])
      let isFull = parts.last.map { $0.count >= most } ?? true
      if isFull || isNew && seen.count >= mostDomains ?? .max {
        parts.append([])
        seen = []
      }
      seen.insert(domains[index])
      parts[parts.count - 1].append(recipients[index])
    }
    return parts.count > 1 ? parts.map { Envelope($0, of: self) } : [self]
  }

  /// The recipients by domain, the domains in the order in which they are first named.
  private func indicesByDomain(_ domains: [[UInt8]]) -> [Int] {
    var places: [[UInt8]: Int] = [:]
    for domain in domains where places[domain] == nil { places[domain] = places.count }
    return recipients.indices.sorted {
      (places[domains[$0]] ?? 0, $0) < (places[domains[$1]] ?? 0, $1)
    }
  }

  /// What stands behind the last `@`, in lower case; nothing for a bare local part.
  private static func domain(of recipient: [UInt8]) -> [UInt8] {
    guard let at = recipient.lastIndex(of: UInt8(ascii: "@")) else { return [] }
    return recipient[(at + 1)...].map { (0x41...0x5A).contains($0) ? $0 + 0x20 : $0 }
  }
}
