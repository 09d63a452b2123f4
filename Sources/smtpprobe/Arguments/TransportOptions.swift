import ArgumentParser
import Probe
import Wire

/// How the bytes travel: smtpprobe's own ground.
struct TransportOptions: ParsableArguments {
  @Option(
    name: [.customShort("s"), .long], help: "Server to connect to, instead of naming it as TARGET.")
  var server: String?

  @Option(name: [.customShort("p"), .long], help: "Port. Default: 25; 465 with --tls implicit.")
  var port: Int?

  @Option(
    help: "Ask this name server (ADDRESS[:PORT]) for MX records and addresses, not the system.")
  var resolver: ResolverArgument?

  @Flag(name: .customShort("4"), help: "IPv4 only.")
  var ipv4 = false

  @Flag(name: .customShort("6"), help: "IPv6 only.")
  var ipv6 = false

  @Option(name: [.long, .customLong("local-interface")], help: "Address to connect from.")
  var localAddress: String?

  @Option(help: "Port to connect from.")
  var localPort: Int?

  @Option(
    help: "Cut each flight: 513 | 100,1,rest | command | crlf | dot:1..dot:4. See the README.")
  var split: String?

  @Option(help: "Wait between pieces: 50ms, or 'ack' until the piece before is acknowledged.")
  var splitDelay: PaceArgument?

  @Option(help: "Cut only: envelope, tls, data, all.")
  var splitStage = Segmentation.Scope.all

  @Flag(inversion: .prefixedNo, help: "TCP_NODELAY; --no-nodelay leaves Nagle's algorithm on.")
  var nodelay = true

  @Option(help: "TCP Fast Open: off, cookie (no data in the SYN), data (EHLO in the SYN).")
  var fastOpen = FastOpenArgument.off

  @Option(help: "Greatest segment, to send and to advertise, bytes (TCP_MAXSEG).")
  var mss: Int?

  @Option(help: "Receive buffer, bytes (SO_RCVBUF).")
  var rcvbuf: Int?

  @Option(help: "Send buffer, bytes (SO_SNDBUF).")
  var sndbuf: Int?

  @Option(help: "Path-MTU discovery: do, dont, want, probe.")
  var pmtuDiscovery: PathMTUDiscovery?

  @Option(
    help: ArgumentHelp(
      "Ask after so many seconds of silence whether the peer is there (SO_KEEPALIVE).",
      valueName: "seconds"))
  var keepalive: Int?

  func validate() throws {
    if ipv4 && ipv6 { throw ValidationError("-4 and -6 exclude each other.") }
    try check("--port", port, 1...65_535)
    try check("--local-port", localPort, 1...65_535)
    try check("--mss", mss, 88...65_495)
    try check("--rcvbuf", rcvbuf, 1...(1 << 30))
    try check("--sndbuf", sndbuf, 1...(1 << 30))
    // MAX_TCP_KEEPIDLE of the kernel.
    try check("--keepalive", keepalive, 1...32_767)
    if let split { _ = try segmentPlan(split) }
    if split == nil && splitDelay != nil {
      throw ValidationError("--split-delay paces the pieces of --split: give --split too.")
    }
  }

  private func check(_ name: String, _ value: Int?, _ range: ClosedRange<Int>) throws {
    guard let value, !range.contains(value) else { return }
    throw ValidationError("\(name) \(value): give \(range.lowerBound) to \(range.upperBound).")
  }

  private func segmentPlan(_ text: String) throws -> SegmentPlan {
    do {
      return try SegmentPlan(text)
    } catch {
      throw ValidationError("--split: \(error.description).")
    }
  }

  /// The plan and its pacing, when there is one.
  var segmentation: Segmentation? {
    guard let split, let plan = try? SegmentPlan(split) else { return nil }
    var segmentation = Segmentation(plan: plan)
    segmentation.scope = splitStage
    switch splitDelay {
    case .delay(let time): segmentation.pacing = .delay(time.microseconds)
    case .acknowledged: segmentation.pacing = .acknowledged
    case nil: break
    }
    return segmentation
  }
}

/// The value of `--fast-open`.
enum FastOpenArgument: String, ExpressibleByArgument, CaseIterable {
  case off, cookie, data
}

extension Segmentation.Scope: ExpressibleByArgument {}
extension PathMTUDiscovery: ExpressibleByArgument {}
