import Wire

/// The router answers in the server's place and forwards by connections of its own: what a firewall
/// with an SMTP proxy does. Neither end can tell from the bytes.
final class TransparentProxy {
  private let loop: EventLoop
  private let namespace: NetworkNamespace
  private let listener: Listener
  private var relays: [ObjectIdentifier: Relay] = [:]

  init(loop: EventLoop, namespace: NetworkNamespace) throws(WireError) {
    self.loop = loop
    self.namespace = namespace
    listener = try namespace.perform { () throws(WireError) in
      try Listener(
        loop: loop,
        endpoint: .ip(address: NetworkAddresses.clientSide4, port: LabNetwork.proxyPort))
    }
    listener.onAccept = { [unowned self] in accept($0) }
  }

  private func accept(_ client: StreamSocket) {
    let server = StreamSocket(loop: loop)
    let target = Endpoint.ip(address: NetworkAddresses.server4, port: LabNetwork.port)
    // A socket of the router: the thread stands there while it is made.
    let progress = try? namespace.perform { () throws(WireError) in server.connect(to: target) }
    guard case .inProgress? = progress else { return client.close(withReset: true) }
    let relay = Relay(client: client, server: server)
    let key = ObjectIdentifier(relay)
    relays[key] = relay
    relay.begin { [unowned self] in relays[key] = nil }
  }
}
