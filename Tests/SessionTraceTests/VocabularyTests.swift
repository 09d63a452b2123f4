import FoundationEssentials
import SessionTrace
import Testing

/// The shared words: what they look like outside, and that nothing is lost on the way.
@Suite("The vocabulary of a trace")
struct VocabularyTests {
  @Test(
    "Hostile bytes become printable ASCII, and only they change",
    arguments: [
      ("250 ok", "250 ok"), ("a\\b", "a\\\\b"), ("line\r\n\t", "line\\r\\n\\t"),
      ("\u{1B}[31mred", "\\x1B[31mred"), ("nul\0end", "nul\\x00end"), ("\u{7F}", "\\x7F"),
      ("gr\u{FC}n", "gr\\xC3\\xBCn"), ("\u{202E}", "\\xE2\\x80\\xAE"), ("", ""),
    ])
  func escapes(_ raw: String, shown: String) {
    #expect(escapedText(raw.utf8) == shown)
  }

  @Test("Every byte by itself is shown as printable ASCII")
  func escapesEveryByte() {
    for byte in UInt8.min...UInt8.max {
      #expect(escapedText([byte]).utf8.allSatisfy { (0x20...0x7E).contains($0) })
    }
  }

  @Test("Stages stand in the order an MTA takes them, each with its digit of the exit status")
  func stages() {
    #expect(Stage.allCases == Stage.allCases.sorted())
    let words = Stage.allCases.map(\.rawValue).joined(separator: " ")
    #expect(words == "resolve connect banner ehlo starttls tls auth mail rcpt data body dot quit")
    #expect(Stage.allCases.map(\.exitDigit) == [0, 0, 1, 2, 3, 3, 4, 5, 6, 7, 8, 8, 9])
  }

  @Test(
    "Every ending comes back from JSON as it was",
    arguments: [
      .finished, .timedOut(.reply), .timedOut(.total), .endOfStream, .failed(VocabularyTests.reset),
      .unreachable(nil), .unreachable(VocabularyTests.reset), .protocolError,
      .tlsFailed(TLSFailureRecord(name: "n", text: "t", alert: "a", firstBytes: nil)),
      .interrupted(signal: 15), .internalError("why"),
    ] as [Ending])
  func endings(_ ending: Ending) throws {
    let json = try JSONEncoder().encode(ending)
    #expect(try JSONDecoder().decode(Ending.self, from: json) == ending)
  }

  @Test("What is not known is written as null, never left out")
  func nulls() throws {
    let json = String(decoding: try JSONEncoder().encode(KernelFacts()), as: UTF8.self)
    for key in ["rtt_us", "mss", "pmtu", "retransmits", "peer_window", "window_scale", "options"] {
      #expect(json.contains("\"\(key)\":null"))
    }
  }

  static let reset = SystemFailure(
    call: "recv", name: "ECONNRESET", code: 104, text: "Connection reset by peer")
}
