import Testing

@testable import Lab

@Suite("What a server notices of TLS from outside")
struct TLSNoticeTests {
  @Test(
    "The first read tells the size of the hello and whether it is whole",
    arguments: [
      (hello(250), "TLS hello in pieces", false),
      (hello(250).dropLast(), "TLS hello in pieces", true),
      (hello(250).prefix(5), "TLS hello in pieces", true),
      (hello(250).prefix(4), "TLS hello in pieces", true), ([22], "TLS hello in pieces", true),
      (hello(250) + [20, 3, 3], "TLS hello in pieces", false),
      (hello(255), "TLS hello of 256 to 511 bytes", false),
      (hello(256), "TLS hello of 256 to 511 bytes", true),
      (hello(511), "TLS hello of 256 to 511 bytes", true),
      (hello(512), "TLS hello of 256 to 511 bytes", false),
      (hello(300).prefix(5), "TLS hello of 256 to 511 bytes", true),
      (hello(300).prefix(4), "TLS hello of 256 to 511 bytes", false),
      (hello(300) + Array("mx.old".utf8), #"TLS hello contains "old""#, true),
      (hello(300) + Array("mx.old".utf8), #"TLS hello contains "Old""#, false),
      (hello(1), "TLS hello", true),
    ] as [(ArraySlice<UInt8>, String, Bool)])
  func firstRead(bytes: ArraySlice<UInt8>, event: String, isNoticed: Bool) {
    var session = StagePlay("implicit TLS\nC: (\(event))\nS: (reset)").session
    _ = session.receive(.connected, now: 0)
    let actions = session.receive(.handshakeBytes(Array(bytes)), now: 0)
    #expect(actions.contains(.reset) == isNoticed)
    #expect(actions.contains(.handshake(Array(bytes))) != isNoticed)
  }

  @Test("Only the first read is the hello; a later one is passed on whatever it looks like")
  func laterRead() {
    var session = StagePlay("implicit TLS\nC: (TLS hello in pieces)\nS: (reset)").session
    _ = session.receive(.connected, now: 0)
    _ = session.receive(.handshakeBytes(Array(hello(100))), now: 0)
    #expect(session.receive(.handshakeBytes([20]), now: 0) == [.handshake([20])])
  }

  @Test("Lengths of records are read off however they are cut")
  func lengths() {
    let stream = record(0) + record(3) + record(300) + record(16_640)
    let expected = [0, 3, 300, 16_640]
    for cut in stream.indices where cut < 320 || cut % 997 == 0 {
      var meter = TLSRecordMeter()
      #expect(meter.pass(Array(stream[..<cut])) + meter.pass(Array(stream[cut...])) == expected)
    }
    var meter = TLSRecordMeter()
    #expect(stream.flatMap { meter.pass([$0]) } == expected)
  }

  @Test("A record is over a size from one byte more on")
  func recordSize() {
    var session = StagePlay("C: (TLS record over 100 bytes)\nS: (reset)").session
    _ = session.receive(.connected, now: 0)
    #expect(session.receive(.tlsRecord(100), now: 0) == [])
    #expect(session.receive(.tlsRecord(101), now: 0).last == .reset)
  }

  @Test("The client's closing word is an event, its FIN with replies owed another")
  func leaving() {
    var closing = StagePlay("C: (TLS closes)\nS: (close TLS, hang up without close_notify)").session
    _ = closing.receive(.connected, now: 0)
    #expect(closing.receive(.tlsClosed, now: 0).suffix(2) == [.closeTLS, .hangUpInSilence])
    let script =
      "C: QUIT\nS: (pause 1s, as usual)\nC: (finishes before its replies)\nS: (reset)"
    var hasty = StagePlay(script).play([Array("QUIT\r\n".utf8)]).session
    #expect(hasty.receive(.endOfStream, now: 0).last == .reset)
    var patient = StagePlay(script).play([Array("QUIT\r\n".utf8)]).session
    #expect(words(patient.receive(.deadline, now: 1_000_000)).joined().hasPrefix("221"))
    #expect(!patient.receive(.endOfStream, now: 1_000_001).contains(.reset))
  }

  @Test("An interruption does not shorten the pause it falls into")
  func interruptedPause() {
    var session = StagePlay(
      "C: NOOP\nS: (pause 5s, as usual)\nC: (TLS closes)\nS: (pause 1s, send \"x\")"
    ).play([Array("NOOP\r\n".utf8)]).session
    #expect(words(session.receive(.tlsClosed, now: 2_000_000)) == [])
    #expect(session.nextDeadline == 3_000_000)
    #expect(words(session.receive(.deadline, now: 3_000_000)) == ["x"])
    #expect(session.nextDeadline == 8_000_000)
  }

  @Test(
    "Clear text behind STARTTLS is discarded, or obeyed by a server that carries it along",
    arguments: [("", ""), ("carry clear text into TLS", "250")])
  func leftover(setting: String, obeyed: String) {
    var session = StagePlay("offer STARTTLS\n" + setting)
      .play([Array("EHLO c\r\nSTARTTLS\r\nNOOP\r\n".utf8)]).session
    let after = words(session.receive(.secured, now: 0)).joined()
    #expect(String(after.prefix(3)) == obeyed)
  }
}

/// A record with a ClientHello of that many bytes, header included.
private func hello(_ length: Int) -> ArraySlice<UInt8> { record(length)[...] }

private func record(_ length: Int) -> [UInt8] {
  [22, 3, 1, UInt8(length >> 8), UInt8(length & 255)] + [UInt8](repeating: 1, count: length)
}
