import Testing

@testable import Lab

@Suite("Middleboxes")
struct MiddleboxTests {
  @Test(
    "The firewall of seed 001 loses a rest of 513 and nothing else",
    arguments: [
      (1, [1]), (512, [512]), (513, []), (514, [512, 2]), (1024, [512, 512]), (1025, [512]),
      (1026, [512, 512, 2]), (1537, [512, 512]), (1538, [512, 512, 512, 2]),
    ])
  func blocks(size: Int, forwarded: [Int]) {
    var chain = MiddleboxChain([.forwardInBlocks(512, losing: 513)])
    let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0) }
    let blocks = chain.fromClient(bytes)
    #expect(blocks.map(\.count) == forwarded)
    #expect(bytes.starts(with: blocks.joined()))
    #expect(chain.fromServer(bytes) == bytes)
  }

  @Test("A mask covers the greeting alone, and keeps its length")
  func banner() {
    var chain = MiddleboxChain([.maskBanner])
    #expect(chain.fromServer(Array("220 mx2".utf8)) == Array("220 **2".utf8))
    #expect(chain.fromServer(Array(".example\r\n".utf8)) == Array("********\r\n".utf8))
    #expect(chain.fromServer(Array("250 mx\r\n".utf8)) == Array("250 mx\r\n".utf8))
    #expect(chain.fromClient(Array("EHLO x\r\n".utf8)) == [Array("EHLO x\r\n".utf8)])
  }

  @Test("A keyword is written over wherever it stands")
  func keyword() {
    var chain = MiddleboxChain([.maskKeyword(Array("SIZE".utf8)), .maskBanner])
    #expect(chain.fromServer(Array("220\n".utf8)) == Array("220\n".utf8))
    #expect(chain.fromServer(Array("250-SIZE 1\r\n".utf8)) == Array("250-XXXX 1\r\n".utf8))
    #expect(chain.fromServer(Array("SIZ".utf8)) == Array("SIZ".utf8))
    #expect(chain.fromServer([]) == [])
  }
}
