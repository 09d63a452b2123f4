import SessionTrace
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
  func lossyBlocks(size: Int, forwarded: [Int]) {
    var path = Path("forward in blocks of 512 bytes, losing a rest of 513")
    let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0) }
    let reads = path.reads(of: bytes)
    #expect(reads.map(\.count) == forwarded)
    #expect(bytes.starts(with: reads.joined()))
    #expect(path.chain.fromServer(bytes, now: 0) == [.toClient(bytes)])
  }

  @Test("Pieces are cut either way, and add up to what came")
  func pieces() {
    var client = Path("cut what the client sends after every 3 bytes")
    #expect(client.reads("NOOP\r\n") == ["NOO", "P\r\n"])
    #expect(client.words("220 x\r\n") == "220 x\r\n")
    var server = Path("cut what the server says after every 4 bytes for 5ms")
    #expect(server.reads("NOOP\r\n") == ["NOOP\r\n"])
    #expect(
      server.chain.fromServer(Array("220 x\n".utf8), now: 0) == [
        .toClient(Array("220 ".utf8)), .waitToClient(5000), .toClient(Array("x\n".utf8)),
        .waitToClient(5000),
      ])
  }

  @Test("A mask covers the greeting alone, and keeps its length")
  func banner() {
    var path = Path("mask the banner")
    #expect(path.words("220 mx2") == "220 **2")
    #expect(path.words(".example\r\n") == "********\r\n")
    #expect(path.words("250 mx\r\n") == "250 mx\r\n")
    #expect(path.reads("EHLO x\r\n") == ["EHLO x\r\n"])
  }

  @Test("A keyword is written over wherever it stands")
  func keyword() {
    var path = Path("mask SIZE", "mask the banner")
    #expect(path.words("220\n") == "220\n")
    #expect(path.words("250-SIZE 1\r\n") == "250-XXXX 1\r\n")
    #expect(path.words("SIZ") == "SIZ")
    #expect(path.words("") == "")
  }

  @Test(
    "A capability is left out, and the list still ends",
    arguments: [
      ("250-mx\r\n250-STARTTLS\r\n250 SIZE\r\n", "250-mx\r\n250 SIZE\r\n"),
      ("250-mx\r\n250 STARTTLS\r\n", "250 mx\r\n"),
      ("250-mx\r\n250 starttls\r\n", "250 mx\r\n"),
      ("250-mx\r\n250 STARTTLSX\r\n", "250-mx\r\n250 STARTTLSX\r\n"),
      ("250 STARTTLS\r\n", ""), ("220 STARTTLS\r\n", "220 STARTTLS\r\n"),
    ])
  func strip(said: String, heard: String) {
    var path = Path("strip STARTTLS")
    #expect(path.words(said) == heard)
  }

  @Test(
    "Commands are changed at the start of their line, content and TLS are not",
    arguments: [
      ("mask the command EHLO", "EHLO x\r\nNOOP\r\n", "XXXX x\r\nNOOP\r\n"),
      ("mask the command EHLO", "ehlo x\r\n", "XXXX x\r\n"),
      ("mask the command EHLO", "HELO EHLO\r\n", "HELO EHLO\r\n"),
      ("inspect each packet", "EHLO x\r\nMAIL FROM:<>\r\n", "EHLO x\r\nMAIL FROM:<>\r\n"),
      ("inspect each packet", "EH", "XX"), ("inspect each packet", "LO x\r\n", "XXXX\r\n"),
      ("inspect each packet", "\r\n", "\r\n"), ("inspect each packet", "XYZ 1\n", "XXXXX\n"),
      ("inspect each packet", "\u{16}\u{3}\u{1}", "\u{16}\u{3}\u{1}"),
    ])
  func commands(box: String, sent: String, forwarded: String) {
    var path = Path(box)
    _ = path.words("220 x\r\n")
    #expect(path.reads(sent).joined() == forwarded)
    _ = path.words("354 go\r\n")
    #expect(path.reads("EH").joined() == "EH")
  }

  @Test("A command that the box refuses never arrives, and the others do")
  func refuse() {
    var path = Path("refuse STARTTLS saying \"500 no\"")
    _ = path.words("220 x\r\n")
    #expect(
      path.chain.fromClient(Array("NOOP\r\nstarttls\r\n".utf8), now: 0) == [
        .toServer(Array("NOOP\r\n".utf8)), .toClient(Array("500 no\r\n".utf8)),
      ])
    #expect(
      path.chain.fromClient(Array("STARTTLS\r\n".utf8), now: 0) == [
        .toClient(Array("500 no\r\n".utf8))
      ])
  }

  @Test(
    "An end of data passes or not by where it is cut, at every cut", arguments: [5, 3])
  func heldEnd(last: Int) {
    let message = Array("Subject: x\r\n\r\nx\r\n.\r\n".utf8)
    for cut in 0...message.count {
      var path = Path("hold an end of data unless its last \(last) bytes come together")
      _ = path.words("220 x\r\n")
      _ = path.words("354 go\r\n")
      let passed = path.reads(of: Array(message[..<cut])) + path.reads(of: Array(message[cut...]))
      // Bytes of the end of data behind the cut; the whole message in one read is no cut.
      let behind = message.count - cut
      let isHeld = behind > 0 && behind < last
      #expect(Array(passed.joined()) == (isHeld ? Array(message[..<cut]) : message), "\(cut)")
      #expect(path.reads("QUIT\r\n") == ["QUIT\r\n"])
    }
  }

  @Test("An empty message is ended by a dot and its line end")
  func emptyMessage() {
    var path = Path("hold an end of data unless its last 5 bytes come together")
    _ = path.words("220 x\r\n")
    _ = path.words("354 go\r\n")
    #expect(path.reads(".\r\n") == [".\r\n"])
  }

  @Test("A scanner lets content pass and holds its end by the size")
  func scan() {
    var path = Path("hold the end of data for 1ms and 2ms for each kilobyte")
    _ = path.words("220 x\r\n354 go\r\n")
    let content = [UInt8](repeating: 65, count: 3000)
    #expect(path.reads(of: content) == [content])
    #expect(path.chain.nextDeadline == nil)
    #expect(path.reads("\r\n.\r\n") == ["\r\n.\r"])
    #expect(path.chain.nextDeadline == 5000)
    #expect(path.reads("QUIT\r\n") == [])
    #expect(path.chain.release(now: 4999) == [])
    #expect(path.chain.release(now: 5000) == [.toServer(Array("\nQUIT\r\n".utf8))])
    #expect(path.chain.nextDeadline == nil)
    #expect(path.chain.release(now: 9000) == [])
  }

  @Test("A forged reply comes at the bytes it is for, however they are cut")
  func strike() {
    for cut in 0...3 {
      var path = Path("at \"bad\" say \"541 no\" and reset")
      let bytes = Array("xbadx".utf8)
      let passages =
        path.chain.fromClient(Array(bytes[..<(cut + 1)]), now: 0)
        + path.chain.fromClient(Array(bytes[(cut + 1)...]), now: 0)
      #expect(passages.suffix(2) == [.toClient(Array("541 no\r\n".utf8)), .reset], "\(cut)")
      #expect(path.chain.fromClient([65], now: 0) == [])
      #expect(path.chain.fromServer([65], now: 0) == [])
    }
  }

  @Test("A chain hands on in order, either way")
  func chain() {
    var path = Path(
      "cut what the client sends after every 4 bytes", "inspect each packet", "mask PIPELINING",
      "mask the banner")
    #expect(path.words("220 PIPELINING\r\n") == "220 **********\r\n")
    #expect(path.words("250 PIPELINING\r\n") == "250 XXXXXXXXXX\r\n")
    #expect(path.reads("NOOPNOOP\r\n") == ["NOOP", "NOOP", "\r\n"])
  }

  /// A chain as the lines of a fixture say it.
  private struct Path {
    var chain: MiddleboxChain

    init(_ lines: String...) {
      var parser = ScriptParser()
      do {
        try parser.read(lines.map { SourceLine(file: "path.smtp", number: 1, text: "M: (\($0))") })
      } catch {
        Issue.record(error)
      }
      chain = MiddleboxChain(parser.script.middleboxes)
    }

    /// What the server reads of one read of the client's bytes.
    mutating func reads(of bytes: [UInt8]) -> [[UInt8]] {
      chain.fromClient(bytes, now: 0).compactMap { passage in
        if case .toServer(let bytes) = passage { bytes } else { nil }
      }
    }

    mutating func reads(_ text: String) -> [String] {
      reads(of: Array(text.utf8)).map { String(decoding: $0, as: UTF8.self) }
    }

    /// What the client reads of one write of the server.
    mutating func words(_ text: String) -> String {
      chain.fromServer(Array(text.utf8), now: 0).map { passage in
        if case .toClient(let bytes) = passage {
          String(decoding: bytes, as: UTF8.self)
        } else {
          ""
        }
      }
      .joined()
    }
  }
}
