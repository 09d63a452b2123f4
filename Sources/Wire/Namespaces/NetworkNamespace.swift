import CLinuxSocket
import SessionTrace

/// A network of its own: devices, addresses, routes, filters and settings that no other part of the
/// host sees.
///
/// A socket belongs for life to the network it was made in. So one thread can hold sockets of
/// several networks on one loop, if it stands in the right one while it makes them. The kernel
/// removes a network with the last process or descriptor that refers to it, however that ends.
/// Source: network_namespaces(7).
package final class NetworkNamespace {
  private let descriptor: Descriptor

  private init(_ descriptor: consuming Descriptor) {
    self.descriptor = descriptor
  }

  /// Moves the process to a new network, for good, and returns it.
  ///
  /// Root only changes networks; anyone else becomes root in a user namespace of their own first.
  /// Call it while the process has one thread, and before it opens a socket that must be in there.
  /// Throws what the kernel refused.
  package static func moveProcess() throws(WireError) -> NetworkNamespace {
    if wire_own_network() != 0 {
      if let failure = ownUsers() {
        throw WireError(operation: "make a user namespace", failure: failure)
      }
      try makeNetwork()
    }
    return try current()
  }

  /// A further network; the thread stays where it is.
  package static func make() throws(WireError) -> NetworkNamespace {
    let here = try current()
    try makeNetwork()
    let new = try current()
    try here.enter()
    return new
  }

  /// Does the work while the thread stands in this network; programs started meanwhile stand there
  /// too.
  package func perform<Result>(_ work: () throws(WireError) -> Result) throws(WireError) -> Result {
    let before = try NetworkNamespace.current()
    try enter()
    let result: Result
    do {
      result = try work()
    } catch {
      try before.enter()
      throw error
    }
    try before.enter()
    return result
  }

  /// Sets a sysctl of this network by name (`net.ipv4.tcp_ecn`); the thread must stand in it.
  package static func set(_ name: String, to value: String) throws(WireError) {
    let path = "/proc/sys/" + String(name.map { $0 == "." ? "/" : $0 })
    let status = unsafe wire_write_setting(path, value)
    guard status == 0 else {
      throw WireError(
        operation: "set \(name) to \(value)", failure: SystemFailure(call: "write", errno: -status))
    }
  }

  /// The path under which a ``ChildProgram`` that is handed this network finds it.
  package var path: String { "/proc/self/fd/\(number)" }

  /// For programs that must find this network.
  var number: Int32 { descriptor.number }

  private static func ownUsers() -> SystemFailure? {
    var call: UnsafePointer<CChar>?
    let status = unsafe wire_own_users(&call)
    guard status != 0 else { return nil }
    let name = unsafe call.map { unsafe String(cString: $0) } ?? "unshare"
    return SystemFailure(call: name, errno: -status)
  }

  private static func makeNetwork() throws(WireError) {
    let status = wire_own_network()
    guard status == 0 else {
      throw WireError(
        operation: "make a network namespace",
        failure: SystemFailure(call: "unshare(CLONE_NEWNET)", errno: -status))
    }
  }

  private static func current() throws(WireError) -> NetworkNamespace {
    let status = wire_current_network()
    guard status >= 0 else {
      throw WireError(
        operation: "open the network namespace",
        failure: SystemFailure(call: "open", errno: -status)
      )
    }
    return NetworkNamespace(Descriptor(status))
  }

  private func enter() throws(WireError) {
    let status = wire_enter_network(descriptor.number)
    guard status == 0 else {
      throw WireError(
        operation: "enter a network namespace",
        failure: SystemFailure(call: "setns", errno: -status))
    }
  }
}
