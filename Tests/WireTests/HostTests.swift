import Glibc
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
