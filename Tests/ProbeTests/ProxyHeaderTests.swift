import Diagnosis
import SessionOptions
import SessionTrace
import Testing
import Wire

@testable import Probe
@testable import Simulation

/// The header of the PROXY protocol, held against the document that describes it.
@Suite("The PROXY header")
struct ProxyHeaderTests {
  private static let signature = "0d0a0d0a000d0a515549540a"
  private static let ours = Endpoint.ip(address: "192.0.2.1", port: 4711)
  private static let theirs = Endpoint.ip(address: "198.51.100.25", port: 25)

  @Test(
    "is written as its version has it",
    arguments: [
      ("v1", "PROXY TCP4 192.0.2.1 198.51.100.25 4711 25\r\n"),
      ("v1=unknown", "PROXY UNKNOWN\r\n"),
      (
        "v1=[2001:db8::7]:1,[2001:db8::25]:65535", "PROXY TCP6 2001:db8::7 2001:db8::25 1 65535\r\n"
      ),
    ])
  func text(option: String, line: String) throws {
    let header = try ProxyHeader(option: option)
    #expect(
      String(decoding: header.bytes(from: Self.ours, to: Self.theirs), as: UTF8.self) == line)
  }

  @Test(
    "is written in binary",
    arguments: [
      // PROXY, TCP over IPv4, 12 bytes: addresses, then ports.
      ("v2", "21" + "11" + "000c" + "c0000201" + "c6336419" + "1267" + "0019"),
      ("v2=local", "20" + "00" + "0000"),
      (
        "v2=[2001:db8::7]:1,[2001:db8::25]:25",
        "21" + "21" + "0024" + "20010db8000000000000000000000007"
          + "20010db8000000000000000000000025" + "0001" + "0019"
      ),
    ])
  func binary(option: String, hex: String) throws {
    let header = try ProxyHeader(option: option)
    #expect(
      hexadecimal(header.bytes(from: Self.ours, to: Self.theirs)) == Self.signature + hex)
  }

  @Test("holds the paths of UNIX sockets, filled up with zeros")
  func paths() throws {
    let bytes = try ProxyHeader(option: "v2=unix:/a,unix:/b").bytes(from: nil, to: nil)
    #expect(hexadecimal(bytes.prefix(16)) == Self.signature + "213100d8")
    #expect(bytes.count == 16 + 216)
    #expect(
      Array(bytes[16..<19]) == [0x2F, 0x61, 0] && Array(bytes[124..<127]) == [0x2F, 0x62, 0])
  }

  @Test("knows no addresses of a connection without", arguments: ["v1", "v2"])
  func unixConnection(option: String) throws {
    let header = try ProxyHeader(option: option)
    let nobody = ProxyHeader(header.version, .nobody)
    #expect(
      header.bytes(from: .unix(path: ""), to: nil) == nobody.bytes(from: nil, to: nil))
  }

  @Test("takes no name for an address")
  func names() throws {
    #expect(try !ProxyHeader(option: "v1=mx.example:25,192.0.2.1:25").isUsable)
    #expect(try ProxyHeader(option: "v1=192.0.2.2:25,192.0.2.1:25").isUsable)
  }

  @Test("leaves before all else, and its bytes are counted as its own")
  func offsets() throws {
    let trial = try Trial(
      .honest.with {
        $0.proxy = ProxyHeader(.v1)
        // The server takes it for a command, and would answer that next.
        $0.server.fault = .beforeReply(1, .silence)
      })
    let length = "PROXY TCP4 192.0.2.1 192.0.2.10 40000 25\r\n".utf8.count
    let header = try #require(trial.trace.commands.first)
    #expect(header.stage == .connect && header.start == 0 && header.end == length)
    #expect(header.text == "(PROXY v1 header: 192.0.2.1:40000 to 192.0.2.10:25)")
    #expect(header.isAnswered && header.reply == 0)
    #expect(trial.trace.commands[1].start == length)
    #expect(trial.trace.ledger.answered == length && trial.verdict.stage == .ehlo)
  }

  @Test("that nobody answers is acknowledged, and the greeting is missing")
  func silence() throws {
    let trial = try Trial(
      .honest.with {
        $0.proxy = ProxyHeader(.v1)
        $0.server.fault = .beforeReply(0, .silence)
      })
    #expect(trial.verdict.status == .stalled && trial.verdict.stage == .banner)
    #expect(trial.verdict.custody == .acknowledgedUnanswered)
    #expect(trial.verdict.ledger.answered == 0)
  }

  private func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
    bytes.map { byte in
      let digits = String(byte, radix: 16)
      return digits.count < 2 ? "0" + digits : digits
    }.joined()
  }
}
