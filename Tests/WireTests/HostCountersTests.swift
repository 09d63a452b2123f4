import Testing

@testable import Wire

@Suite("The host's counters")
struct HostCountersTests {
  private static let netstat = """
    TcpExt: SyncookiesSent PAWSEstab TCPTimeouts TCPRetransFail
    TcpExt: 1 2 3 4
    IpExt: InNoRoutes OutOctets
    IpExt: 5 6

    """
  private static let snmp = """
    Ip: Forwarding OutRequests OutTransmits
    Ip: 1 40 30
    Tcp: MaxConn RetransSegs
    Tcp: -1 7
    """
  private static let tracking = """
    entries  clashres found new invalid ignore
    00000002  00000000 00000000 00000000 0000000a 00000000
    00000002  00000000 00000000 00000000 00000010 00000000
    """

  @Test("are named as nstat names them, and added over the processors")
  func parses() {
    let counters = HostCounters(
      pairsOfLines: [Array(Self.netstat.utf8), Array(Self.snmp.utf8)],
      lines: Array(
        "Ip6InReceives                   \t9\nIp6OutRequests                  \t8\n".utf8),
      columns: Array(Self.tracking.utf8))
    #expect(
      counters.values == [
        "TcpExtPAWSEstab": 2, "TcpExtTCPTimeouts": 3, "TcpExtTCPRetransFail": 4,
        "IpOutRequests": 40, "IpOutTransmits": 30, "TcpRetransSegs": 7, "Ip6OutRequests": 8,
        "nf_conntrack.invalid": 26,
      ])
  }

  @Test("survive a file that is cut anywhere")
  func cuts() {
    for text in [Self.netstat, Self.snmp, Self.tracking] {
      for end in 0...text.utf8.count {
        let cut = Array(text.utf8.prefix(end))
        let counters = HostCounters(pairsOfLines: [cut], lines: cut, columns: cut)
        #expect(counters.values.count <= 6)
      }
    }
  }

  @Test("tell how far they grew, and nothing where one reading lacks them or they shrank")
  func growth() {
    let earlier = HostCounters(
      pairsOfLines: [Array("Ip: OutRequests OutTransmits OutDiscards\nIp: 40 30 9\n".utf8)],
      lines: nil,
      columns: nil)
    let later = HostCounters(
      pairsOfLines: [
        Array("Ip: OutRequests OutTransmits OutDiscards FragFails\nIp: 44 30 2 1\n".utf8)
      ],
      lines: nil, columns: nil)
    #expect(later.growth(since: earlier) == ["IpOutRequests": 4, "IpOutTransmits": 0])
    let nothing = HostCounters(pairsOfLines: [], lines: nil, columns: nil)
    #expect(later.growth(since: nothing) == nil)
    #expect(nothing.growth(since: later) == nil)
  }

  @Test("are read from this host, and grow with a packet")
  func live() throws {
    let before = HostFacts.counters()
    let pair = try LoopbackPair()
    _ = pair
    let growth = try #require(HostFacts.counters().growth(since: before))
    #expect((growth["IpOutRequests"] ?? 0) > 0)
  }
}
