/// The first step of the way to an address: which interface, and what fits through it.
package struct RouteRecord: Codable, Sendable, Equatable {
  /// Name of the interface that holds our address: `eth0`.
  package var interface: String
  /// What the interface takes, bytes with the IP header (`SIOCGIFMTU`); `nil` when it does not tell.
  package var interfaceMTU: Int?
  /// What the kernel takes for the whole path, by its routes and by the ICMP it has heard, bytes
  /// (`IP_MTU`); `nil` when it does not tell.
  package var pathMTU: Int?

  package init(interface: String, interfaceMTU: Int?, pathMTU: Int?) {
    self.interface = interface
    self.interfaceMTU = interfaceMTU
    self.pathMTU = pathMTU
  }

  private enum CodingKeys: String, CodingKey {
    case interface
    case interfaceMTU = "interface_mtu"
    case pathMTU = "path_mtu"
  }
}
