import Glibc
import SessionOptions
import SessionTrace
import Testing
@testable import Wire

@Suite("The host")
struct HostTests {
  @Test("The kernel tells its release, and sysctls that do not exist are left out")
  func facts() {
    #expect(HostFacts.kernelRelease().first?.isNumber == true)
    let values = HostFacts.sysctls(["net.ipv4.tcp_fastopen", "net.ipv4.no_such_thing"])
    #expect(values.keys.sorted() == ["net.ipv4.tcp_fastopen"])
    #expect(Int(values["net.ipv4.tcp_fastopen"] ?? "") != nil)
  }

  @Test("Numbers in a row have a blank between them")
  func rows() throws {
    let value = try #require(HostFacts.sysctls(["net.ipv4.tcp_wmem"]).values.first)
    #expect(value.split(separator: " ").compactMap { Int($0) }.count == 3)
  }

  @Test("The way to this host is its loopback, and what is no address has none")
  func route() throws {
    let route = try #require(HostFacts.route(to: "127.0.0.1", from: nil))
    #expect(route.interface == "lo")
    #expect(try #require(route.interfaceMTU) >= 1280)
    #expect(try #require(route.pathMTU) <= 65_536)
    // It works as an address, and no interface lists it.
    #expect(HostFacts.route(to: "127.0.0.1", from: "127.0.0.9") == nil)
    for text in ["", "mx.example.com", "1.2.3.4.5", "/run/socket"] {
      #expect(HostFacts.route(to: text, from: nil) == nil)
    }
  }

  @Test("Connection tracking that tells its limit is there")
  func connectionTracking() {
    let tracking = HostFacts.connectionTracking()
    let limit = HostFacts.sysctls(["net.netfilter.nf_conntrack_max"]).values.first
    #expect(tracking?.limit == limit.flatMap { Int($0) })
    #expect(limit == nil || tracking?.isLoaded == true)
  }

  @Test("Text goes out whole, and a descriptor that takes none is a failure by name")
  func textStream() {
    var ends: [Int32] = [0, 0]
    #expect(unsafe pipe(&ends) == 0)
    #expect(TextStream(descriptor: ends[1]).write(Array("250 ok\n".utf8)) == nil)
    #expect(TextStream(descriptor: ends[1]).write([]) == nil)
    var bytes = [UInt8](repeating: 0, count: 32)
    #expect(unsafe Glibc.read(ends[0], &bytes, 32) == 7)
    #expect(Array(bytes.prefix(7)) == Array("250 ok\n".utf8))
    #expect(TextStream(descriptor: ends[0]).write([1])?.name == "EBADF")
    close(ends[0])
    close(ends[1])
  }
}
