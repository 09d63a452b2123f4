import SessionTrace
import Testing

@testable import Lab

@Suite("What a server of the lab always does")
struct HabitTests {
  private static let envelope = "MAIL FROM:<>\r\nRCPT TO:<a>\r\nDATA\r\n"

  @Test("A server that thinks in reads misses a CRLF that lies across two, at every cut")
  func lineEndsInOneRead() {
    let command = Array("EHLO c\r\n".utf8)
    for cut in 1..<command.count {
      let reads = [Array(command[..<cut]), Array(command[cut...])]
      let said = StagePlay("look for line ends in each read by itself").play(reads).said
      #expect(codes(said).contains("250") == (cut != command.count - 1), "\(cut)")
      // The next whole line is taken for the rest of this one.
      let nudged = StagePlay("look for line ends in each read by itself")
        .play(reads + [Array("NOOP\r\n".utf8)])
      #expect(codes(nudged.said).filter { $0 == "250" }.count == (cut != command.count - 1 ? 2 : 1))
    }
  }

  @Test(
    "A command is in a group when one read brought it with others",
    arguments: [
      ([envelope], ["MAIL", "RCPT", "DATA"]),
      (["MAIL FROM:<>\r\n", "RCPT TO:<a>\r\nDATA\r\n"], ["RCPT", "DATA"]),
      (["MAIL FROM:<>\r\n", "RCPT TO:<a>\r\n", "DATA\r\n"], []),
      (["MAIL FROM:<>\r\nRC", "PT TO:<a>\r\n", "DATA\r\n"], ["MAIL"]),
      (["MAIL FROM:<>\r", "\nRCPT TO:<a>\r\n", "DATA\r\n"], ["MAIL", "RCPT"]),
      (["MAIL FROM:<>\r", "\n", "RCPT TO:<a>\r\nD", "ATA\r\n"], ["RCPT"]),
    ])
  func groups(reads: [String], inGroup: [String]) {
    let script = ["MAIL", "RCPT", "DATA"].map { "C: \($0) in a group\nS: 555 \($0)" }
    let play = StagePlay(script.joined(separator: "\n"))
      .play((["EHLO c\r\n"] + reads).map { Array($0.utf8) })
    let refused = play.said.split(separator: "\r\n").filter { $0.hasPrefix("555") }
    #expect(refused.map { String($0.dropFirst(4)) } == inGroup)
  }

  @Test("Who waits for the client's first bytes greets then, once, and answers them")
  func waitsForClient() {
    var session = StagePlay("wait for the client's first bytes").session
    #expect(words(session.receive(.connected, now: 0)).isEmpty)
    let first = words(session.receive(.bytes(Array("EH".utf8)), now: 5_000))
    #expect(codes(first.joined()) == ["220"])
    let second = words(session.receive(.bytes(Array("LO c\r\nNOOP\r\n".utf8)), now: 6_000))
    #expect(codes(second.joined()).filter { $0 == "250" }.count == 2)
    #expect(!codes(second.joined()).contains("220"))
  }

  @Test("Replies kept while pausing leave together, at the end of the group")
  func keptReplies() {
    for (habit, sends) in [
      ("", ["250", "250 354"]), ("keep replies while pausing", ["", "250 250 354"]),
    ] {
      var session = StagePlay("\(habit)\nC: RCPT\nS: (pause 1s, as usual)").session
      _ = session.receive(.connected, now: 0)
      _ = session.receive(.bytes(Array("EHLO c\r\n".utf8)), now: 0)
      let early = words(session.receive(.bytes(Array(Self.envelope.utf8)), now: 0))
      let late = words(session.receive(.deadline, now: 1_000_000))
      #expect([early, late].map { codes($0.joined()).joined(separator: " ") } == sends)
    }
  }

  @Test("Replies to a group stay until more comes; the reply to one command does not")
  func heldReplies() {
    var session = StagePlay("hold the replies to a group until more comes").session
    _ = session.receive(.connected, now: 0)
    #expect(words(session.receive(.bytes(Array("EHLO c\r\n".utf8)), now: 0)).count == 1)
    #expect(words(session.receive(.bytes(Array(Self.envelope.utf8)), now: 0)) == [])
    let released = words(session.receive(.bytes([10]), now: 0))
    #expect(released.first.map { codes($0) } == ["250", "250", "354"])
  }

  @Test("What comes while the server pauses is bounded, and wanted again when it goes on")
  func boundedInput() {
    var session = StagePlay("C: NOOP\nS: (pause 1s, as usual)").session
    _ = session.receive(.connected, now: 0)
    _ = session.receive(.bytes(Array("NOOP\r\n".utf8)), now: 0)
    var reads = 0
    while session.wantsInput, reads < 100 {
      _ = session.receive(.bytes([UInt8](repeating: 10, count: 65_536)), now: 0)
      reads += 1
    }
    #expect(reads == 4)
    _ = session.receive(.deadline, now: 1_000_000)
    #expect(session.wantsInput)
  }
}
