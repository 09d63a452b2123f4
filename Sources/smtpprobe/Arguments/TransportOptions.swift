import ArgumentParser
import SessionOptions

/// How the bytes travel: smtpprobe's own ground.
struct TransportOptions: ParsableArguments {
  @Option(.server) var server: OptionEntry?
  @Option(.port) var port: OptionEntry?
  @Option(.resolver) var resolver: OptionEntry?
  @Flag(.ipv4) var ipv4 = false
  @Flag(.ipv6) var ipv6 = false
  @Option(.localAddress) var localAddress: OptionEntry?
  @Option(.localPort) var localPort: OptionEntry?
  @Option(.split) var split: OptionEntry?
  @Option(.splitDelay) var splitDelay: OptionEntry?
  @Option(.splitStage) var splitStage: OptionEntry?
  @Flag(.nodelay) var nodelay: Bool?
  @Option(.fastOpen) var fastOpen: OptionEntry?
  @Option(.mss) var mss: OptionEntry?
  @Option(.rcvbuf) var rcvbuf: OptionEntry?
  @Option(.sndbuf) var sndbuf: OptionEntry?
  @Option(.pmtuDiscovery) var pmtuDiscovery: OptionEntry?
  @Option(.keepalive) var keepalive: OptionEntry?
  @Option(.dscp) var dscp: OptionEntry?
  @Flag(.halfClose) var halfClose = false
  @Option(.proxy) var proxy: OptionEntry?
  @Flag(.nudge) var nudge = false
  @Flag(.hops) var hops = false

  /// What was given.
  var entries: [OptionEntry] {
    let values = [
      server, port, resolver, OptionRow.ipv4.given(ipv4), OptionRow.ipv6.given(ipv6), localAddress,
      localPort, split, splitDelay, splitStage, OptionRow.nodelay.given(nodelay), fastOpen, mss,
      rcvbuf, sndbuf, pmtuDiscovery, keepalive, dscp, OptionRow.nudge.given(nudge),
      OptionRow.hops.given(hops), OptionRow.halfClose.given(halfClose), proxy,
    ]
    return values.compactMap(\.self)
  }
}
