import SessionTrace
import Testing

@testable import Lab

/// BDAT as a server of the lab takes it (RFC 3030), right and wrong.
@Suite("Chunks, on pure bytes")
struct ChunkTests {
  private static let envelope = "EHLO c\r\nMAIL FROM:<>\r\nRCPT TO:<a>\r\n"
  private static let chunks = "BDAT 6\r\n.\r\nabcBDAT 5 LAST\r\nd\r\n.\nBDAT 0\r\nQUIT\r\n"

  private func codes(_ script: String, _ input: String) -> String {
    LabTests.codes(StagePlay("offer CHUNKING\n" + script).play([Array(input.utf8)]).said)
      .filter { !$0.hasSuffix("-") }.joined(separator: " ")
  }

  @Test("Chunks are the same at every cut of the input and byte by byte")
  func everyCut() {
    let input = Array((Self.envelope + Self.chunks).utf8)
    let whole = StagePlay("offer CHUNKING").play([input])
    #expect(codes("", Self.envelope + Self.chunks) == "220 250 250 250 250 250 503 221")
    #expect(whole.actions.contains(.record(.content(11))))
    for cut in 0...input.count {
      let play = StagePlay("offer CHUNKING").play([Array(input[..<cut]), Array(input[cut...])])
      #expect(play.said == whole.said)
    }
    #expect(StagePlay("offer CHUNKING").play(input.map { [$0] }).said == whole.said)
  }

  @Test(
    "What is no chunk is refused, and what follows is read as commands",
    arguments: [
      ("BDAT\r\n", "501"), ("BDAT x\r\n", "501"), ("BDAT -1\r\n", "501"),
      ("BDAT 1 FIRST\r\n", "501"), ("BDAT 99999999999999999999\r\n", "501"),
      ("BDAT 9223372036854775807 LAST\r\n", "501"), ("bdat 0 last\r\n", "250"),
      ("BDAT 1\nx", "250"),
    ])
  func syntax(line: String, code: String) {
    #expect(codes("", Self.envelope + line) == "220 250 250 250 " + code)
  }

  @Test("A server that does not offer CHUNKING takes a chunk for commands")
  func notOffered() {
    let play = StagePlay("").play([Array((Self.envelope + "BDAT 6\r\nx\r\ny\r\n").utf8)])
    #expect(LabTests.codes(play.said).suffix(3) == ["500", "500", "500"])
  }

  @Test(
    "What a rule makes of a chunk",
    arguments: [
      ("C: BDAT #2\nS: 552 no", "220 250 250 250 250 552 250 221"),
      ("C: BDAT\nS: (fall silent)", "220 250 250 250"),
      ("C: BDAT containing \"LAST\"\nS: (fall silent)", "220 250 250 250 250"),
      ("C: (body byte 8)\nS: 552 no", "220 250 250 250 250 552 250 221"),
      ("C: (body contains \"abc\")\nS: (reset)", "220 250 250 250"),
      // The second chunk alone makes it so much, and its own rule sees it.
      (
        "C: BDAT when the content is over 10 bytes\nS: 552 no",
        "220 250 250 250 250 552 552 221"
      ),
      ("wait for 6 bytes behind the last chunk", "220 250 250 250 250 250 500 221"),
      ("wait for 100 bytes behind the last chunk", "220 250 250 250 250"),
      // Four lines, in one of which the second BDAT is lost; the third is one again.
      (
        "take a refused chunk for commands\nC: BDAT #1\nS: 552 no",
        "220 250 250 250 552 500 500 500 500 250 221"
      ),
    ])
  func rules(script: String, expected: String) {
    #expect(codes(script, Self.envelope + Self.chunks) == expected)
  }

  @Test("A chunk without a recipient is discarded before it is refused")
  func discarded() {
    #expect(codes("", "EHLO c\r\nBDAT 6\r\nx\r\ny\r\nMAIL FROM:<>\r\n") == "220 250 503 250")
  }
}
