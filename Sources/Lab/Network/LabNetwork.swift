import SessionOptions
import SessionTrace
package import Wire

/// A fixture's network, built inside this process; it goes when the process goes, however it goes.
///
/// The process itself moves into the client's namespace, for good. Router and server have theirs,
/// held by descriptors alone, and so has the path when it has rules: a wire that is cut, with a
/// packet socket at either end. All of it stands on the caller's loop. Make it while the process
/// has one thread.
package final class LabNetwork {
  /// Where the fixture's server listens.
  static let port = 25
  /// Where the router's proxy does, unseen by anyone.
  static let proxyPort = 2525
  /// And for IPv6.
  static let proxyPort6 = 2526

  private let loop: EventLoop
  private let script: NetworkScript
  private let server: NetworkNamespace
  /// Nothing but these descriptors keeps the other namespaces from vanishing, devices and all.
  private let router: NetworkNamespace
  private let wire: PacketWire?
  private let proxy: TransparentProxy?
  /// The server's end of a connection that the client has forgotten.
  private var forgotten: StreamSocket?

  /// Moves the process and builds the network.
  package init(script: NetworkScript, loop: EventLoop) throws(NetworkError) {
    self.loop = loop
    self.script = script
    let hasIPv6 = HostFacts.sysctls(["net.ipv6.conf.all.disable_ipv6"]).values.first == "0"
    let builder = NetworkBuilder(
      commands: NetworkCommands(script: script, hasIPv6: hasIPv6))
    let client: NetworkNamespace
    (client, router) = try Self.move()
    do { server = try NetworkNamespace.make() } catch { throw .noNamespaces(error) }
    wire = try Self.joinClient(client, to: router, builder, loop: loop)
    try builder.wire(in: router, device: "server", to: server, device: "router")
    for (host, namespace) in [(NetworkHost.client, client), (.router, router), (.server, server)] {
      try builder.equip(host, namespace)
    }
    try builder.awaitDevices(
      [(client, "router"), (router, "client"), (router, "server"), (server, "router")]
        + (wire?.devices ?? []))
    do {
      proxy =
        script.hasProxy
        ? try TransparentProxy(
          loop: loop, namespace: router, hasIPv6: hasIPv6) : nil
    } catch {
      throw .refused(error)
    }
    if script.clientHasCookie { try fetchCookie(builder) }
    if let port = script.forgottenPort { try leaveConnection(from: port, builder) }
    wire?.isRuled = true
  }

  /// The fixture's server, in the server's namespace.
  package func serve(
    _ fixture: Fixture, faultsEnabled: Bool, overIPv6: Bool, log: LabLog? = nil
  ) throws(LabError) -> LabServer {
    let address = overIPv6 ? NetworkAddresses.server6 : NetworkAddresses.server4
    let outcome: Result<LabServer, LabError>
    do {
      outcome = try server.perform { () throws(WireError) in
        do throws(LabError) {
          return .success(
            try LabServer(
              fixture: fixture, loop: loop, endpoint: .ip(address: address, port: Self.port),
              faultsEnabled: faultsEnabled, log: log))
        } catch {
          return .failure(error)
        }
      }
    } catch {
      throw .cannotListen(error)
    }
    return try outcome.get()
  }

  private static func move() throws(NetworkError) -> (NetworkNamespace, NetworkNamespace) {
    do {
      return (try NetworkNamespace.moveProcess(), try NetworkNamespace.make())
    } catch {
      throw .noNamespaces(error)
    }
  }

  /// A plain wire, or one through the lab when the path has rules.
  private static func joinClient(
    _ client: NetworkNamespace, to router: NetworkNamespace, _ builder: NetworkBuilder,
    loop: EventLoop
  ) throws(NetworkError) -> PacketWire? {
    let rules = builder.commands.script.pathRules
    guard !rules.isEmpty else {
      try builder.wire(in: router, device: "client", to: client, device: "router")
      return nil
    }
    let path: NetworkNamespace
    do { path = try NetworkNamespace.make() } catch { throw .noNamespaces(error) }
    try builder.wire(in: path, device: "client", to: client, device: "router")
    try builder.wire(in: path, device: "router", to: router, device: "client")
    try builder.raisePath(in: path)
    return try builder.standing(in: path) { () throws(WireError) in
      try PacketWire(rules: rules, loop: loop, namespace: path)
    }
  }

  /// Connects once to the server, on a port where nothing else is, as an earlier session would have.
  ///
  /// The kernel keeps a cookie for an address, not for a port.
  private func fetchCookie(_ builder: NetworkBuilder) throws(NetworkError) {
    var options = SocketOptions()
    options.fastOpen = .cookie
    let (client, _) = try connectOnce(toPort: 9, options, builder)
    client.close(withReset: true)
    guard script.serverForgetsCookies else { return }
    try builder.standing(in: server) { () throws(WireError) in
      try NetworkNamespace.set(
        "net.ipv4.tcp_fastopen_key", to: "00000000-00000000-00000000-00000513")
    }
  }

  /// Connects where the fixture's server will be, and leaves so that the server does not hear of it.
  private func leaveConnection(from port: Int, _ builder: NetworkBuilder) throws(NetworkError) {
    var options = SocketOptions()
    options.localPort = port
    let (client, accepted) = try connectOnce(toPort: Self.port, options, builder)
    // The router lets go what may travel no further, and the reset with it.
    _ = client.set(.timeToLive(1))
    client.close(withReset: true)
    forgotten = accepted
  }

  /// Both ends of a new connection between client and server.
  private func connectOnce(toPort port: Int, _ options: SocketOptions, _ builder: NetworkBuilder)
    throws(NetworkError) -> (client: StreamSocket, server: StreamSocket)
  {
    let listener = try builder.standing(in: server) { () throws(WireError) in
      try Listener(loop: loop, endpoint: .ip(address: NetworkAddresses.server4, port: port))
    }
    defer { listener.close() }
    var accepted: StreamSocket?
    listener.onAccept = { accepted = $0 }
    let socket = StreamSocket(loop: loop)
    var progress = socket.connect(to: listener.endpoint, options: options)
    socket.onReady = { [unowned socket] _ in progress = socket.finishConnecting() }
    var isLate = false
    let timer = loop.schedule(at: loop.now + .seconds(2)) { isLate = true }
    do {
      try loop.run { progress == .connected && accepted != nil || isLate }
    } catch {
      throw .refused(error)
    }
    loop.cancel(timer)
    guard let accepted, progress == .connected else { throw .noEarlierConnection }
    return (socket, accepted)
  }
}
