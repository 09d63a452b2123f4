import Diagnosis
import Reporting
import SessionTrace
import Testing

@Suite("A capture made up from a session")
struct CaptureTests {
  private struct Block {
    var type: UInt32
    var body: ArraySlice<UInt8>
  }

  /// The blocks of a file, each by the length that it gives twice; nothing may be left over.
  private func blocks(_ bytes: [UInt8]) throws -> [Block] {
    var blocks: [Block] = []
    var rest = bytes[...]
    func number(_ bytes: ArraySlice<UInt8>) -> UInt32 {
      bytes.prefix(4).reversed().reduce(0) { $0 << 8 | UInt32($1) }
    }
    while !rest.isEmpty {
      let length = Int(number(rest.dropFirst(4)))
      try #require(length >= 12 && length % 4 == 0 && length <= rest.count)
      #expect(number(rest.dropFirst(length - 4)) == UInt32(length))
      blocks.append(
        Block(type: number(rest), body: rest.dropFirst(8).prefix(length - 12)))
      rest = rest.dropFirst(length)
    }
    return blocks
  }

  @Test("is a section, an interface and packets, whatever a trace holds", arguments: Sample.all)
  func shape(sample: Sample) throws {
    let blocks = try blocks(ReportFormat.pcapng.render(sample.report, style: .plain))
    #expect(blocks.prefix(2).map(\.type) == [0x0A0D_0D0A, 1])
    #expect(blocks.dropFirst(2).allSatisfy { $0.type == 6 })
  }

  @Test("has the handshake, each write, each acknowledgement, each read and the end")
  func packets() throws {
    let blocks = try blocks(
      ReportFormat.pcapng.render(Sample.stalledAfter513.report, style: .plain))
    // Three of the handshake, two writes and their two acknowledgements, two reads, our FIN.
    #expect(blocks.count == 2 + 3 + 4 + 2 + 1)
    let all = String(decoding: blocks.flatMap(\.body), as: UTF8.self)
    #expect(all.contains("EHLO probe.example.org\r\n"))
    #expect(all.contains("220 mx.example.com ESMTP\r\n"))
    #expect(all.contains("Nothing came after this for 30.000 s. STALLED at mail"))
    #expect(all.contains("Reconstructed by smtpprobe"))
  }
}
