import SessionTrace
import Testing

@testable import Lab

@Suite("A server of the lab, on pure bytes")
struct ServerSessionTests {
  private static let envelope =
    "EHLO c\r\nMAIL FROM:<>\r\nRCPT TO:<a>\r\nRCPT TO:<b>\r\nDATA\r\n"
  private static let message = "Subject: x\r\n\r\n..dot\r\n.\r\n"

  @Test("A healthy dialogue is the same at every cut of the input and byte by byte")
  func everyCut() throws {
    let input = Array((Self.envelope + Self.message + "RSET\r\nNOOP\r\nQUIT\r\n").utf8)
    let whole = StagePlay("").play([input]).said
    #expect(
      codes(whole) == [
        "220", "250-", "250-", "250-", "250-", "250", "250", "250", "250", "354", "250", "250",
        "250", "221",
      ])
    for cut in 0...input.count {
      #expect(StagePlay("").play([Array(input[..<cut]), Array(input[cut...])]).said == whole)
    }
    #expect(StagePlay("").play(input.map { [$0] }).said == whole)
  }

  @Test("Replies to commands that came together leave together")
  func batches() {
    let play = StagePlay("").play([Array(Self.envelope.utf8)])
    #expect(play.sends.count == 2)
    let single = StagePlay("each reply in a segment of its own").play([Array(Self.envelope.utf8)])
    #expect(single.sends.count == 6)
    #expect(single.said == play.said)
  }

  @Test(
    "Commands out of order and unknown ones are refused",
    arguments: [
      ("MAIL FROM:<>\r\n", "503"), ("RCPT TO:<a>\r\n", "503"), ("DATA\r\n", "503"),
      ("HELO x\r\nMAIL FROM:<>\r\nMAIL FROM:<>\r\n", "503"),
      ("HELO x\r\nMAIL FROM:<>\r\nDATA\r\n", "554"), ("STARTTLS\r\n", "502"),
      ("GET / HTTP/1.0\r\n", "500"), ("\r\n", "500"), ("\u{0}\u{1}\n", "500"),
      ("VRFY x\r\n", "252"), ("HELP\r\n", "214"), ("ehlo x\r\nmail from:<>\r\n", "250"),
    ])
  func order(input: String, code: String) {
    #expect(codes(StagePlay("").play([Array(input.utf8)]).said).last == code)
  }

  @Test(
    "What a rule says instead",
    arguments: [
      Row("C: MAIL\nS: (fall silent)", "220 250", ending: nil),
      Row("C: MAIL\nS: (say nothing)", "220 250 503 503 503", ending: nil),
      Row("C: RCPT\nS: (fall silent)", "220 250 250", ending: nil),
      Row("C: RCPT #2\nS: (fall silent)", "220 250 250 250", ending: nil),
      Row("C: RCPT containing \"<b>\"\nS: 550 no", "220 250 250 250 550 354", ending: nil),
      Row("C: RCPT\nS: 550 no", "220 250 250 550 550 554", ending: nil),
      Row("C: RCPT\nS: (as usual, drop queued input)", "220 250 250 250", ending: nil),
      Row("C: DATA\nS: (reset)", "220 250 250 250 250", ending: .reset),
      Row("C: DATA\nS: (close)", "220 250 250 250 250", ending: .close),
      Row("C: DATA\nS: 421 bye\nS: (hang up)", "220 250 250 250 250 421", ending: .hangUp),
      Row("C: DATA\nS: (stop reading)", "220 250 250 250 250", ending: .stopReading),
      Row("C: (any command) over 13 bytes\nS: 500 long", "220 250 500 503 503 503", ending: nil),
      Row("C: EHLO\nS: 502 no", "220 502 503 503 503 503", ending: nil),
      Row("C: (connects)\nS: 554 no", "554 250 250 250 250 354", ending: nil),
      Row("C: (connects)\nS: (fall silent)", "", ending: nil),
    ])
  func rules(_ row: Row) {
    let play = StagePlay(row.script).play([Array(Self.envelope.utf8)])
    #expect(codes(play.said).filter { !$0.hasSuffix("-") }.joined(separator: " ") == row.codes)
    #expect(play.endings == (row.ending.map { [$0] } ?? []))
  }

  @Test(
    "How a reply is cut and paced",
    arguments: [
      ("cut after 3 bytes", [["250"]], 0),
      ("split after 4 bytes", [["250 ", "ok\r\n"]], 0),
      ("split after 4 bytes for 5ms", [["250 "], ["ok\r\n"]], 5000),
      ("drip 5 bytes every 2ms", [["250 o"], ["k\r\n"], []], 2000),
      ("with bare LF", [["250 ok\n"]], 0),
      ("2 times", [["250 ok\r\n250 ok\r\n"]], 0),
      ("3ms late", [[], ["250 ok\r\n"]], 3000),
      ("drip 7 bytes every 2ms, with bare LF", [["250 ok\n"], []], 2000),
      ("split after 7 bytes, with bare LF", [["250 ok\n"]], 0),
      ("2 times, split after 8 bytes", [["250 ok\r\n", "250 ok\r\n"]], 0),
    ])
  func shapes(shape: String, sends: [[String]], interval: Int64) {
    var session = session("C: NOOP\nS: 250 ok\nS: (\(shape))")
    _ = session.receive(.connected, now: 0)
    var now: Microseconds = 100
    var got = [words(session.receive(.bytes(Array("NOOP\r\n".utf8)), now: now))]
    while let deadline = session.nextDeadline {
      #expect(deadline == now + interval)
      #expect(words(session.receive(.deadline, now: deadline - 1)) == [])
      now = deadline
      got.append(words(session.receive(.deadline, now: now)))
    }
    #expect(got == sends)
  }

  @Test("A shape is about the words before it, and words behind it begin anew")
  func shapedWords() {
    var session = session(
      "C: NOOP\nS: 250-a\nS: (2 times)\nS: 250-b\nS: (split after 6 bytes)\nS: 250 c")
    _ = session.receive(.connected, now: 0)
    let got = words(session.receive(.bytes(Array("NOOP\r\n".utf8)), now: 0))
    #expect(got == ["250-a\r\n250-a\r\n250-b\r", "\n250 c\r\n"])
  }

  @Test("While the server pauses, commands wait")
  func pausing() {
    var session = session("C: MAIL\nS: (pause 1s, as usual)")
    _ = session.receive(.connected, now: 0)
    #expect(words(session.receive(.bytes(Array(Self.envelope.utf8)), now: 10)).count == 1)
    #expect(session.nextDeadline == 1_000_010)
    #expect(words(session.receive(.bytes(Array("NOOP\r\n".utf8)), now: 20)) == [])
    let late = words(session.receive(.deadline, now: 1_000_010))
    #expect(late.count == 1 && late.first?.hasPrefix("250 2.1.0") == true)
    #expect(session.nextDeadline == nil)
  }

  @Test(
    "Content is watched byte for byte",
    arguments: [
      ("(body byte 1)", "x"), ("(body byte 4)", "abcd"),
      ("(body line over 4 bytes)", "ab\r\nabcde"),
      ("(body contains \"\\0\")", "ab\r\nc\u{0}"),
      ("(body contains \"\\r\\n.\\r\\n.\")", "a\r\n..\r\n.\r\n."),
    ])
  func content(condition: String, trigger: String) {
    let trigger = Array(trigger.utf8)
    for size in 1...trigger.count {
      var session = session("C: \(condition)\nS: 552 enough")
      _ = session.receive(.connected, now: 0)
      _ = session.receive(.bytes(Array(Self.envelope.utf8)), now: 0)
      var said: [String] = []
      var rest = trigger[...]
      while !rest.isEmpty, said.isEmpty {
        said += words(session.receive(.bytes(Array(rest.prefix(size))), now: 0))
        rest = rest.dropFirst(size)
      }
      let isImpossible = condition.contains("\\r\\n.\\r\\n.")
      #expect(isImpossible ? said.first?.hasPrefix("250") == true : said == ["552 enough\r\n"])
      #expect(rest.isEmpty || isImpossible)
      // Answered already: the end of data gets no second reply.
      if !isImpossible {
        #expect(words(session.receive(.bytes(Array("\r\n.\r\n".utf8)), now: 0)) == [])
        #expect(words(session.receive(.bytes(Array("NOOP\r\n".utf8)), now: 0)).count == 1)
      }
    }
  }

  @Test(
    "Only CRLF dot CRLF ends content",
    arguments: [
      (".\r\n", 0), ("a\r\n.\r\n", 3), ("\n.\n\r\n.\r\n", 5), ("\r.\r\r\n.\r\n", 5),
      ("..\r\n.\r\n", 4), ("\n.\r\n\r\n.\r\n", 6), (".\r\r\n.\r\n", 4), (".a\r\n.\r\n", 4),
    ])
  func endOfData(text: String, size: Int) {
    var reader = ContentReader(rules: [])
    for byte in text.utf8.dropLast() {
      var one = [byte][...]
      #expect(reader.take(&one) == .exhausted)
    }
    var last = Array(text.utf8.suffix(1) + "QUIT".utf8)[...]
    #expect(reader.take(&last) == .end)
    #expect(reader.count == size)
    #expect(Array(last) == Array("QUIT".utf8))
  }

  @Test("Early talk is seen before the greeting only")
  func earlyTalk() {
    let script =
      "C: (connects)\nS: (pause 1s, as usual)\nC: (early talk)\nS: 554 sync\nS: (hang up)"
    var early = session(script)
    _ = early.receive(.connected, now: 0)
    let actions = early.receive(.bytes(Array("EHLO x\r\n".utf8)), now: 10)
    #expect(words(actions) == ["554 sync\r\n"] && actions.contains(.hangUp))
    var patient = session(script)
    _ = patient.receive(.connected, now: 0)
    #expect(words(patient.receive(.deadline, now: 1_000_000)).first?.hasPrefix("220") == true)
    #expect(
      words(patient.receive(.bytes(Array("EHLO x\r\n".utf8)), now: 10)).first?.hasPrefix("250-")
        == true)
  }

  @Test("STARTTLS begins the handshake, forgets what came in clear, and starts afresh")
  func startTLS() {
    var session = session("offer STARTTLS")
    _ = session.receive(.connected, now: 0)
    let clear = session.receive(
      .bytes(Array("EHLO x\r\nSTARTTLS\r\nMAIL FROM:<>\r\n".utf8)), now: 0)
    #expect(words(clear).joined().contains("250 STARTTLS\r\n220 "))
    #expect(clear.last == .startTLS)
    #expect(session.receive(.handshakeBytes([22, 3]), now: 0) == [.handshake([22, 3])])
    #expect(words(session.receive(.secured, now: 0)) == [])
    #expect(
      words(session.receive(.bytes(Array("MAIL FROM:<>\r\n".utf8)), now: 0)).first?.hasPrefix("503")
        == true)
    #expect(
      words(session.receive(.bytes(Array("EHLO x\r\n".utf8)), now: 0)).first?.contains("STARTTLS")
        == false)
  }

  @Test("A rule for the TLS hello speaks in clear, or lets the library answer later")
  func tlsHello() {
    var garbage = session("implicit TLS\nC: (TLS hello)\nS: HTTP/1.0 400\nS: (hang up)")
    #expect(words(garbage.receive(.connected, now: 0)) == [])
    let actions = garbage.receive(.handshakeBytes([22]), now: 0)
    #expect(words(actions) == ["HTTP/1.0 400\r\n"] && actions.contains(.hangUp))
    var slow = session("implicit TLS\nC: (TLS hello)\nS: (pause 1s, as usual)")
    _ = slow.receive(.connected, now: 0)
    #expect(!slow.receive(.handshakeBytes([22]), now: 0).contains(.handshake([22])))
    #expect(slow.receive(.deadline, now: 1_000_000).contains(.handshake([22])))
    #expect(words(slow.receive(.secured, now: 1_000_000)).first?.hasPrefix("220") == true)
  }

  @Test("Time and FIN are events too")
  func timeAndEnd() {
    var session = session("C: (2s after connecting)\nS: 421 idle\nS: (hang up)")
    _ = session.receive(.connected, now: 500)
    #expect(session.nextDeadline == 2_000_500)
    let actions = session.receive(.deadline, now: 2_000_500)
    #expect(words(actions) == ["421 idle\r\n"] && actions.contains(.hangUp))
    #expect(session.nextDeadline == nil)
    var polite = StagePlay("C: (finishes)\nS: 221 so long").session
    _ = polite.receive(.connected, now: 0)
    let end = polite.receive(.endOfStream, now: 0)
    #expect(words(end) == ["221 so long\r\n"] && end.last == .close)
  }

  @Test(
    "A program that hangs does not end when its client half-closes",
    arguments: [
      "C: .\nS: (fall silent)", "C: .\nS: (as usual, cut after 8 bytes, fall silent)",
      "C: . when the content is over 10 bytes\nS: (fall silent)", "C: QUIT\nS: (fall silent)",
      "C: MAIL\nS: (fall silent)", "C: (connects)\nS: (fall silent)",
      "C: (finishes)\nS: (fall silent)",
    ])
  func hungProgram(script: String) {
    // As Exim does: the end of data, QUIT and FIN at once (`send_quit` in transports/smtp.c).
    var session = StagePlay(script).session
    _ = session.receive(.connected, now: 0)
    let input = Self.envelope + Self.message + (script.contains("finishes") ? "" : "QUIT\r\n")
    _ = session.receive(.bytes(Array(input.utf8)), now: 0)
    let actions = session.receive(.endOfStream, now: 0)
    #expect(actions.contains(.outlastClient))
    #expect(!actions.contains(.close) && !actions.contains(.hangUp))
  }

  @Test("A program that hangs before it has seen the client's FIN hangs as well")
  func hangsLater() {
    var session = StagePlay("C: .\nS: (pause 1s, fall silent)").session
    _ = session.receive(.connected, now: 0)
    _ = session.receive(.bytes(Array((Self.envelope + Self.message).utf8)), now: 0)
    #expect(!session.receive(.endOfStream, now: 0).contains(.outlastClient))
    #expect(session.receive(.deadline, now: 1_000_000).contains(.outlastClient))
  }

  @Test(
    "A declared size is a number",
    arguments: [
      ("SIZE=100000", true), ("SIZE=100001", false), ("SIZE=9", true), ("SIZE=99999", true),
      ("size=1000000", false), ("SIZE=0200000", false), ("BODY=8BITMIME", true), ("SIZE=", true),
    ])
  func declaredSize(parameter: String, isTaken: Bool) {
    let play = StagePlay("C: MAIL declaring over 100000 bytes\nS: 552 too big")
      .play([Array("EHLO c\r\nMAIL FROM:<> \(parameter)\r\n".utf8)])
    #expect(codes(play.said).last == (isTaken ? "250" : "552"))
  }

  @Test("A command without end costs no memory")
  func endlessCommand() {
    let play = StagePlay("").play(Array(repeating: [UInt8](repeating: 65, count: 9000), count: 9))
    #expect(codes(play.said) == ["220", "500"] && play.endings == [.hangUp])
  }

  struct Row: Sendable, CustomTestStringConvertible {
    let script: String
    let codes: String
    let ending: ServerAction?

    init(_ script: String, _ codes: String, ending: ServerAction?) {
      self.script = script
      self.codes = codes
      self.ending = ending
    }

    var testDescription: String { script }
  }

  private func session(_ script: String) -> ServerSession { StagePlay(script).session }
}
