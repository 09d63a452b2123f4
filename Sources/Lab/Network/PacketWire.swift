import Wire

/// Joins a ``PacketPath`` to its two devices: what comes in at one leaves at the other, by the rules.
final class PacketWire {
  /// Before the session nothing is done to packets: the lab's own preparations must get through.
  var isRuled = false

  private let loop: EventLoop
  /// Kept alive, with its devices.
  private let namespace: NetworkNamespace
  private let ports: [Heading: PacketPort]
  private var path: PacketPath

  /// Opens both devices; the thread stands in their namespace.
  init(rules: [PathRule], loop: EventLoop, namespace: NetworkNamespace) throws(WireError) {
    self.loop = loop
    self.namespace = namespace
    path = PacketPath(rules: rules)
    ports = [
      .toServer: try PacketPort(loop: loop, device: "router"),
      .toClient: try PacketPort(loop: loop, device: "client"),
    ]
    for (heading, port) in ports {
      port.onFrame = { [unowned self] in take($0, heading: heading.reversed) }
    }
  }

  /// Its ends.
  var devices: [(NetworkNamespace, String)] { [(namespace, "client"), (namespace, "router")] }

  private func take(_ frame: [UInt8], heading: Heading) {
    guard isRuled else {
      ports[heading]?.send(frame)
      return
    }
    for departure in path.receive(frame, heading: heading, now: loop.now) {
      guard let port = ports[departure.heading] else { continue }
      if departure.at <= loop.now {
        port.send(departure.frame)
      } else {
        loop.schedule(at: departure.at) { port.send(departure.frame) }
      }
    }
  }
}
