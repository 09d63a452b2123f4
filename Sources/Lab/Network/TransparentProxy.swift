import Wire

/// The router answers in the server's place and forwards by connections of its own: what a firewall
/// with an SMTP proxy does. Neither end can tell from the bytes.
final class TransparentProxy {
  private let loop: EventLoop
  private let namespace: NetworkNamespace
  private var listeners: [Listener] = []
  private var relays: [ObjectIdentifier: Relay] = [:]

  init(loop: EventLoop, namespace: NetworkNamespace, hasIPv6: Bool) throws(WireError) {
    self.loop = loop
    self.namespace = namespace
    try listen(
      at: .ip(address: NetworkAddresses.clientSide4, port: LabNetwork.proxyPort),
      for: NetworkAddresses.server4)
    // Which address of its own the router redirects IPv6 to is its kernel's choice.
    if hasIPv6 {
      try listen(
        at: .ip(address: "::", port: LabNetwork.proxyPort6), for: NetworkAddresses.server6)
    }
  }

  private func listen(at endpoint: Endpoint, for server: String) throws(WireError) {
    let loop = loop
    let listener = try namespace.perform { () throws(WireError) in
      try Listener(loop: loop, endpoint: endpoint)
    }
    listener.onAccept = { [unowned self] in
      accept($0, target: .ip(address: server, port: LabNetwork.port))
    }
    listeners.append(listener)
  }

  private func accept(_ client: StreamSocket, target: Endpoint) {
    let server = StreamSocket(loop: loop)
    // A socket of the router: the thread stands there while it is made.
    let progress = try? namespace.perform { () throws(WireError) in server.connect(to: target) }
    guard case .inProgress? = progress else { return client.close(withReset: true) }
    let relay = Relay(client: client, server: server)
    let key = ObjectIdentifier(relay)
    relays[key] = relay
    relay.begin { [unowned self] in relays[key] = nil }
  }
}
