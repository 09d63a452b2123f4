import StrictTransport
import TestSupport
import Testing

@Suite("Answers of web servers")
struct HTTPTests {
  /// What comes of pieces, and of the end behind them; `nil` for an answer that lacks something for ever.
  private func outcome(
    _ pieces: [[UInt8]], endsCleanly: Bool? = nil
  ) -> Result<HTTPAnswer, HTTPError>? {
    var reader = HTTPReader()
    for piece in pieces { reader.receive(piece) }
    if let endsCleanly { reader.endOfStream(isClean: endsCleanly) }
    return reader.outcome
  }

  private func text(_ result: Result<HTTPAnswer, HTTPError>?) -> String? {
    switch result {
    case .success(let answer)?:
      "\(answer.status) \(answer.contentType ?? "-") \(String(decoding: answer.body, as: UTF8.self))"
    case .failure(let error)?: "! \(error.text)"
    case nil: nil
    }
  }

  private static let ok = "HTTP/1.1 200 OK\\r\\nContent-Type: text/plain\\r\\n"

  /// What came, whether the stream then ended and how, and what it is.
  private static let answers: [(String, Bool?, String?)] = [
    (ok + "Content-Length: 3\\r\\n\\r\\nabc", nil, "200 text/plain abc"),
    (ok + "content-length:3 \\r\\n\\r\\nabcdef", nil, "200 text/plain abc"),
    (ok + "Content-Length: 3\\r\\nContent-Length: 3\\r\\n\\r\\nabc", nil, "200 text/plain abc"),
    (ok + "Content-Length: 0\\r\\n\\r\\n", nil, "200 text/plain "),
    ("HTTP/1.0 200 OK\\n\\nabc", true, "200 - abc"),
    ("HTTP/1.1 200\\r\\nContent-Length: 1\\r\\n\\r\\na", nil, "200 - a"),
    (ok + "\\r\\nabc", nil, nil),
    (ok + "\\r\\nabc", true, "200 text/plain abc"),
    (
      ok + "\\r\\nabc", false,
      "! it closed after 3 bytes without TLS's closing word: it may be cut"
    ),
    (ok + "Content-Length: 5\\r\\n\\r\\nabc", true, "! it closed after 3 bytes, 2 too early"),
    (ok + "Content-Length: 5\\r\\n\\r\\nabc", nil, nil),
    (
      ok
        + "Transfer-Encoding: chunked\\r\\n\\r\\n3\\r\\nabc\\r\\nA;x=y\\r\\n0123456789\\r\\n0\\r\\n\\r\\n",
      nil,
      "200 text/plain abc0123456789"
    ),
    (
      ok
        + "Transfer-Encoding: chunked\\r\\nContent-Length: 1\\r\\n\\r\\n3\\nabc\\n0\\nTrailer: x\\n\\n",
      nil,
      "200 text/plain abc"
    ),
    (
      ok + "Transfer-Encoding: chunked\\r\\n\\r\\n3\\r\\nabc\\r\\n", true,
      "! it closed after 3 bytes, before the last chunk"
    ),
    (
      ok + "Transfer-Encoding: chunked\\r\\n\\r\\n3\\r\\nabcd\\r\\n", nil,
      "! a chunk is longer than it says: \"d\""
    ),
    (
      ok + "Transfer-Encoding: chunked\\r\\n\\r\\n-3\\r\\nabc", nil,
      "! the size of a chunk is none: \"-3\""
    ),
    (
      ok + "Transfer-Encoding: gzip, chunked\\r\\n\\r\\n", nil,
      "! its transfer coding is not known: gzip, chunked"
    ),
    (
      ok + "Content-Encoding: gzip\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n", nil,
      "! it is encoded, which nobody asked for: gzip"
    ),
    (
      ok + "Content-Length: 3\\r\\nContent-Length: 4\\r\\n\\r\\n", nil,
      "! its Content-Length is none: 3"
    ),
    (ok + "Content-Length: +3\\r\\n\\r\\n", nil, "! its Content-Length is none: +3"),
    (ok + "Content-Length: 65537\\r\\n\\r\\n", nil, "! it is longer than 65536 bytes"),
    (
      ok + "Content-Length: 99999999999999999999\\r\\n\\r\\n", nil,
      "! its Content-Length is none: 99999999999999999999"
    ),
    (
      "HTTP/1.1 103 Early Hints\\r\\nLink: x\\r\\n\\r\\n" + ok + "Content-Length: 1\\r\\n\\r\\nz",
      nil,
      "200 text/plain z"
    ),
    (
      String(repeating: "HTTP/1.1 100 Continue\\r\\n\\r\\n", count: 9), nil,
      "! it announces an answer, and none comes"
    ),
    (
      "HTTP/1.1 404 Not Found\\r\\nContent-Type: text/html\\r\\n\\r\\n<html>", nil, "404 text/html "
    ),
    ("HTTP/2 200 OK\\r\\n\\r\\n", nil, "! what came is no answer of HTTP: \"HTTP/2\""),
    ("220 mx.example.com ESMTP\\r\\n", nil, "! what came is no answer of HTTP: \"2\""),
    (
      "HTTP/1.1 OK\\r\\n\\r\\n", nil, "! its first line has no status: \"HTTP/1.1 OK\""
    ),
    ("HTTP/1.1 200 OK\\r\\nContent-Le", true, "! it closed within the header"),
    ("", true, "! it closed without an answer"),
    (
      "HTTP/1.1 200 OK\\r\\n folded: x\\r\\nno colon\\r\\nContent-Length: 1\\r\\n\\r\\na", nil,
      "200 - a"
    ),
  ]

  @Test("An answer ends where its header says, and nothing less will do", arguments: answers)
  func reads(_ bytes: String, _ endsCleanly: Bool?, _ expected: String?) {
    #expect(text(outcome([unescapedBytes(bytes)], endsCleanly: endsCleanly)) == expected)
  }

  @Test("It reads the same however it is cut, and byte by byte", arguments: answers)
  func survivesCuts(_ escaped: String, _ endsCleanly: Bool?, _ expected: String?) {
    let bytes = unescapedBytes(escaped)
    let whole = outcome([bytes], endsCleanly: endsCleanly)
    for cut in bytes.indices {
      let pieces = [Array(bytes[..<cut]), Array(bytes[cut...])]
      #expect(outcome(pieces, endsCleanly: endsCleanly) == whole, "cut at \(cut)")
    }
    #expect(outcome(bytes.map { [$0] }, endsCleanly: endsCleanly) == whole)
  }

  @Test(
    "What never ends is given up at its bound",
    arguments: [
      ("HTTP/1.1 200 OK\\r\\n", "X: y\\r\\n", "its header is longer than 16384 bytes"),
      ("HTTP/1.1 200 ", "O", "its header is longer than 16384 bytes"),
      ("HTTP/1.1 200 OK\\r\\n\\r\\n", "mx: a.example\\n", "it is longer than 65536 bytes"),
      (
        "HTTP/1.1 200 OK\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n",
        "1;aaaaaaaaaaaaaaaa\\r\\nx\\r\\n",
        "there is too much between its chunks"
      ),
      (
        "HTTP/1.1 200 OK\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n",
        "400\\r\\n"
          + String(repeating: "m", count: 1_024) + "\\r\\n", "it is longer than 65536 bytes"
      ),
      (
        "HTTP/1.1 200 OK\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n0\\r\\n", "X: y\\r\\n",
        "there is too much between its chunks"
      ),
    ])
  func isBounded(_ front: String, _ again: String, _ complaint: String) {
    var reader = HTTPReader()
    reader.receive(unescapedBytes(front))
    let piece = unescapedBytes(again)
    var taken = 0
    while reader.outcome == nil, taken < 1 << 20 {
      reader.receive(piece)
      taken += piece.count
    }
    guard case .failure(let error)? = reader.outcome else {
      return #expect(Bool(false), "it went on for \(taken) bytes")
    }
    #expect(error.text == complaint)
  }

  @Test(
    "Only 200 and text will do",
    arguments: [
      (HTTPAnswer(status: 200, contentType: "text/plain", body: [0x61]), nil),
      (HTTPAnswer(status: 200, contentType: "Text/Plain; charset=utf-8", body: [0x61]), nil),
      (HTTPAnswer(status: 200, body: [0x61]), nil),
      (
        HTTPAnswer(status: 200, contentType: "text/html", body: [0x61]),
        "its media type is text/html, and not text/plain"
      ),
      (
        HTTPAnswer(status: 200, contentType: "", body: [0x61]),
        "its media type is , and not text/plain"
      ),
      (HTTPAnswer(status: 404, phrase: "Not Found"), "the answer was 404 Not Found"),
      (HTTPAnswer(status: 500), "the answer was 500"),
      (
        HTTPAnswer(status: 301, phrase: "Moved", location: "https://www.example.com/"),
        "the answer was 301 Moved to https://www.example.com/: redirects are not followed (RFC 8461 section 3.3)"
      ),
      (
        HTTPAnswer(status: 304),
        "the answer was 304: redirects are not followed (RFC 8461 section 3.3)"
      ),
    ] as [(HTTPAnswer, String?)])
  func judges(_ answer: HTTPAnswer, _ complaint: String?) {
    do throws(HTTPError) {
      #expect(try answer.policyText() == [0x61])
      #expect(complaint == nil)
    } catch {
      #expect(error.text == complaint)
    }
  }
}
