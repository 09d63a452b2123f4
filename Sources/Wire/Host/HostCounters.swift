/// Counters of the whole host at one moment, by the names of nstat(8).
///
/// What a session does to them is the difference between two of these; what else the host did in
/// between is in it too.
package struct HostCounters: Sendable, Equatable {
  /// Only those that can bear on a session.
  private(set) var values: [String: Int] = [:]

  /// From the texts of `/proc/net/netstat` and `/proc/net/snmp` (a line of names, a line of numbers),
  /// `/proc/net/snmp6` (a name and a number a line) and `/proc/net/stat/nf_conntrack` (a line of names,
  /// and a line of hexadecimal numbers a processor); `nil` where there is no such file.
  package init(pairsOfLines: [String], lines: String?, columns: String?) {
    for text in pairsOfLines { addPairsOfLines(text) }
    for line in (lines ?? "").split(separator: "\n") {
      let words = line.split(whereSeparator: \.isWhitespace)
      if words.count == 2 { add(String(words[0]), Int(words[1])) }
    }
    addColumns(columns ?? "")
  }

  /// How far each counter grew since `earlier`; `nil` when none could be read both times.
  package func growth(since earlier: HostCounters) -> [String: Int]? {
    var growth: [String: Int] = [:]
    for (name, value) in values {
      // A counter never shrinks; one that did was set back, and says nothing.
      guard let start = earlier.values[name], value >= start else { continue }
      growth[name] = value - start
    }
    return growth.isEmpty ? nil : growth
  }

  /// Which bear on a session: what TCP lost or threw away, what never left, what connection tracking
  /// did not understand.
  private static let relevant: Set<String> = [
    "TcpRetransSegs", "TcpInErrs", "TcpExtPAWSActive", "TcpExtPAWSEstab", "TcpExtTCPTimeouts",
    "TcpExtTCPSynRetrans", "TcpExtTCPRetransFail", "TcpExtTCPFastOpenActive",
    "TcpExtTCPFastOpenActiveFail", "TcpExtTCPFastOpenBlackhole", "TcpExtTCPMTUPFail",
    "TcpExtTCPMTUPSuccess", "TcpExtTCPACKSkippedPAWS", "TcpExtTCPChallengeACK",
    "TcpExtListenOverflows", "TcpExtListenDrops",
    "IpOutRequests", "IpOutTransmits", "IpOutDiscards", "IpOutNoRoutes", "IpFragFails",
    "Ip6OutRequests", "Ip6OutTransmits", "Ip6OutDiscards", "Ip6OutNoRoutes", "Ip6FragFails",
    "nf_conntrack.invalid", "nf_conntrack.insert_failed", "nf_conntrack.drop",
    "nf_conntrack.early_drop",
  ]

  private mutating func add(_ name: String, _ value: Int?) {
    guard let value, Self.relevant.contains(name) else { return }
    values[name, default: 0] = values[name, default: 0] &+ value
  }

  private mutating func addPairsOfLines(_ text: String) {
    let lines = text.split(separator: "\n").map { $0.split(separator: " ") }
    for (names, numbers) in zip(lines, lines.dropFirst()) {
      guard let title = names.first, title.hasSuffix(":"), numbers.first == title else { continue }
      for (name, number) in zip(names, numbers).dropFirst() {
        add("\(title.dropLast())\(name)", Int(number))
      }
    }
  }

  private mutating func addColumns(_ text: String) {
    let lines = text.split(separator: "\n").map { $0.split(separator: " ") }
    guard let names = lines.first else { return }
    for numbers in lines.dropFirst() {
      for (name, number) in zip(names, numbers) {
        add("nf_conntrack.\(name)", Int(number, radix: 16))
      }
    }
  }
}
