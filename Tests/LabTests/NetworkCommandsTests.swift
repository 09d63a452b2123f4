import Testing

@testable import Lab

@Suite("What ip and nft are told")
struct NetworkCommandsTests {
  @Test("A sound network needs no filter at all")
  func noFilter() {
    let commands = NetworkCommands(script: NetworkScript(), hasIPv6: true)
    for host in NetworkHost.allCases { #expect(commands.filter(of: host) == nil) }
  }

  @Test("The router's filter holds what the fixture says of it and of nobody else")
  func filter() {
    var script = NetworkScript()
    script.routerSendsNoICMP = true
    script.hasProxy = true
    script.filters = [
      FilterRule(host: .router, hook: "forward", rule: "tcp dport 25 drop", line: 3),
      FilterRule(host: .client, hook: "input", rule: "ct mark 1 drop", line: 4),
      FilterRule(host: .client, hook: "input", rule: "counter", line: 5),
    ]
    let commands = NetworkCommands(script: script, hasIPv6: true)
    #expect(
      commands.filter(of: .router) == """
        table inet lab {
          chain chain0 {
            type filter hook output priority 0; policy accept
            icmp type { destination-unreachable, time-exceeded, parameter-problem } drop
            icmpv6 type { destination-unreachable, time-exceeded, parameter-problem, packet-too-big } drop
          }
          chain chain1 {
            type nat hook prerouting priority -100; policy accept
            meta nfproto ipv4 iifname "client" tcp dport 25 redirect to :2525
            meta nfproto ipv6 iifname "client" tcp dport 25 redirect to :2526
          }
          chain chain2 {
            type filter hook forward priority 0; policy accept
            tcp dport 25 drop
          }
        }

        """)
    #expect(
      commands.filter(of: .client) == """
        table inet lab {
          chain chain0 {
            type filter hook input priority 0; policy accept
            ct mark 1 drop
            counter
          }
        }

        """)
    #expect(commands.filter(of: .server) == nil)
  }

  @Test("nft's complaint names the fixture's line, and leaves the lab's own lines alone")
  func complaint() {
    var script = NetworkScript()
    script.filters = [
      FilterRule(host: .client, hook: "input", rule: "counter", line: 11),
      FilterRule(host: .client, hook: "input", rule: "dorp", line: 12),
    ]
    let commands = NetworkCommands(script: script, hasIPv6: true)
    let words = "/dev/stdin:5:5-8: Error: syntax error\n    dorp\n/dev/stdin:1:1-2: Error"
    let named = NetworkError.tool(.nft, .refused(status: 1, words: words)).namingLines {
      commands.fixtureLine(ofFilterLine: $0, of: .client)
    }
    #expect(
      named.description.hasSuffix(
        "line 12 of the fixture: Error: syntax error\n    dorp\n/dev/stdin:1:1-2: Error"))
  }

  @Test("The router's MTU is a route in one direction, in both families")
  func routes() {
    var script = NetworkScript()
    script.routerMTU = [.toClient: 1280]
    let text = NetworkCommands(script: script, hasIPv6: true).addresses(of: .router)
    #expect(text.contains("route add 192.0.2.2/32 dev client mtu 1280\n"))
    #expect(text.contains("route add 2001:db8:1::2/128 dev client mtu 1280\n"))
    #expect(!text.contains("dev server mtu"))
  }

  @Test("On a host without IPv6 nothing is said about it", arguments: NetworkHost.allCases)
  func withoutIPv6(host: NetworkHost) {
    var script = NetworkScript()
    script.routerMTU = [.toClient: 1280, .toServer: 1280]
    let commands = NetworkCommands(script: script, hasIPv6: false)
    #expect(!commands.addresses(of: host).contains("2001:"))
    #expect(!commands.settings(of: host).contains { $0.name.contains("ipv6") })
  }

  @Test("A fixture's settings come behind the lab's own, and so win")
  func settings() {
    var script = NetworkScript()
    script.sysctls = [
      KernelSetting(host: .client, name: "net.ipv4.tcp_congestion_control", value: "cubic"),
      KernelSetting(host: .server, name: "net.ipv4.tcp_sack", value: "0"),
    ]
    let settings = NetworkCommands(script: script, hasIPv6: true).settings(of: .client)
    #expect(settings.first?.value == "reno" && settings.last?.value == "cubic")
    #expect(!settings.contains { $0.name == "net.ipv4.tcp_sack" })
  }
}
