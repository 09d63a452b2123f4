import SessionTrace
import Wire

/// Runs `ip` and `nft` where they are to work, and makes settings there.
struct NetworkBuilder {
  let commands: NetworkCommands

  /// Lays a wire between two namespaces; the names are the devices' in either.
  func wire(
    in near: NetworkNamespace, device: String, to far: NetworkNamespace, device peer: String
  ) throws(NetworkError) {
    let text = NetworkCommands.wire(device: device, peer: peer, at: far.path)
    try run(.ip, text, in: near, handing: far)
    // Before anything is sent: the first packet must be a real one.
    try standing(in: near) { () throws(WireError) in
      try PacketPort.carryRealPackets(device: device)
    }
    try standing(in: far) { () throws(WireError) in
      try PacketPort.carryRealPackets(device: peer)
    }
  }

  /// Makes a host's settings, gives it its addresses and hangs up its filters.
  func equip(_ host: NetworkHost, _ namespace: NetworkNamespace) throws(NetworkError) {
    // The filters before the settings: those of connection tracking appear with its first rule.
    if let filter = commands.filter(of: host) {
      do throws(NetworkError) {
        try run(.nft, filter, in: namespace)
      } catch {
        throw error.namingLines { commands.fixtureLine(ofFilterLine: $0, of: host) }
      }
    }
    try standing(in: namespace) { () throws(WireError) in
      for (name, value) in commands.settings(of: host) {
        try NetworkNamespace.set(name, to: value)
      }
    }
    try run(.ip, commands.addresses(of: host), in: namespace)
  }

  /// Brings up the two ends of the path, which have no address.
  func raisePath(in namespace: NetworkNamespace) throws(NetworkError) {
    try run(.ip, "link set client up\nlink set router up\n", in: namespace)
  }

  /// Waits until these devices can send; all of them are up.
  func awaitDevices(_ devices: [(NetworkNamespace, String)]) throws(NetworkError) {
    for (namespace, device) in devices {
      try standing(in: namespace) { () throws(WireError) in
        try PacketPort.awaitReadiness(ofDevice: device, atMost: .seconds(5))
      }
    }
  }

  /// Works in a namespace.
  func standing<Result>(
    in namespace: NetworkNamespace, _ work: () throws(WireError) -> Result
  ) throws(NetworkError) -> Result {
    do { return try namespace.perform(work) } catch { throw .refused(error) }
  }

  private func run(
    _ tool: NetworkTool, _ script: String, in namespace: NetworkNamespace,
    handing other: NetworkNamespace? = nil
  ) throws(NetworkError) {
    let failure = try standing(in: namespace) { () throws(WireError) -> NetworkTool.Failure? in
      do throws(NetworkTool.Failure) {
        try tool.run(script, handing: other)
        return nil
      } catch {
        return error
      }
    }
    if let failure { throw .tool(tool, failure) }
  }
}
