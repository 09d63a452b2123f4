import SessionTrace

/// Reads one answer of a web server, however the network cut it.
///
///     S: HTTP/1.1 200 OK
///     S: Content-Type: text/plain
///     S: Content-Length: 76
///     S:
///     S: version: STSv1 ...
///
/// ```
/// head ── 1xx ──► head ── length ──► counted ─────────┐
///   │                  ├─ chunked ─► chunks ──────────┼──► over
///   │                  └─ neither ─► up to the end ───┘
///   └─ not 200: nobody wants the body ────────────────────► over
/// ```
/// Never more than the bounds below is kept. Source: RFC 9112 sections 2 to 7.
package struct HTTPReader: Sendable {
  /// The longest head read, and the longest lines between chunks with what follows the last, bytes.
  package static let longestHead = 16 * 1024
  /// The longest body read, bytes (RFC 8461 section 3.3).
  package static let longestBody = 64 * 1024
  /// The most answers that announce another one.
  private static let mostInterim = 8

  private enum State {
    case head
    /// So many bytes of the body are missing.
    case counted(left: Int)
    case chunks(ChunkReader)
    /// The body ends with the stream.
    case untilEnd
    case over(Result<HTTPAnswer, HTTPError>)
  }

  private var state = State.head
  private var head: [UInt8] = []
  private var interim = 0
  private var answer = HTTPAnswer(status: 0)

  package init() {}

  /// What came of it; `nil` while there is more to come.
  package var outcome: Result<HTTPAnswer, HTTPError>? {
    if case .over(let result) = state { result } else { nil }
  }

  /// Takes what came next, cut anywhere; what follows the answer is nobody's.
  package mutating func receive(_ bytes: [UInt8]) {
    var input = bytes[...]
    do throws(HTTPError) {
      while !input.isEmpty {
        switch state {
        case .over: return
        case .head: try readHead(&input)
        case .counted(let left):
          try take(input.prefix(left))
          let rest = left - min(left, input.count)
          input = input.dropFirst(left)
          state = rest == 0 ? .over(.success(answer)) : .counted(left: rest)
        case .untilEnd:
          try take(input)
          input = []
        case .chunks(var reader):
          let content = try reader.read(&input)
          try take(content)
          state = reader.isOver ? .over(.success(answer)) : .chunks(reader)
        }
      }
    } catch {
      state = .over(.failure(error))
    }
  }

  /// Takes notice that the stream has ended; `isClean` where nobody else can have ended it.
  ///
  /// A body whose end is that of the stream is whole only where TLS said so (RFC 9112 section 9.8).
  package mutating func endOfStream(isClean: Bool) {
    switch state {
    case .over: break
    case .head:
      state = .over(
        .failure(
          HTTPError(head.isEmpty ? "it closed without an answer" : "it closed within the header")))
    case .counted(let left):
      state = .over(
        .failure(HTTPError("it closed after \(answer.body.count) bytes, \(left) too early")))
    case .chunks:
      state = .over(
        .failure(HTTPError("it closed after \(answer.body.count) bytes, before the last chunk")))
    case .untilEnd where isClean: state = .over(.success(answer))
    case .untilEnd:
      state = .over(
        .failure(
          HTTPError(
            "it closed after \(answer.body.count) bytes without TLS's closing word: it may be cut"))
      )
    }
  }

  private mutating func take(_ content: ArraySlice<UInt8>) throws(HTTPError) {
    guard answer.body.count + content.count <= Self.longestBody else { throw tooLong }
    answer.body += content
  }

  private var tooLong: HTTPError { HTTPError("it is longer than \(Self.longestBody) bytes") }

  /// Moves bytes up to the empty line behind the fields.
  private mutating func readHead(_ input: inout ArraySlice<UInt8>) throws(HTTPError) {
    while let byte = input.popFirst() {
      head.append(byte)
      guard head.count <= Self.longestHead else {
        throw HTTPError("its header is longer than \(Self.longestHead) bytes")
      }
      // What speaks another language is told at once: it may never end.
      guard head.starts(with: "HTTP/1.".utf8.prefix(head.count)) else {
        throw HTTPError("what came is no answer of HTTP: \"\(escapedText(head.prefix(40)))\"")
      }
      if byte == 0x0A, head.endsWithEmptyLine { return try finishHead() }
    }
  }

  private mutating func finishHead() throws(HTTPError) {
    let parsed = try HTTPHead(head)
    head = []
    if (100...199).contains(parsed.status) {
      interim += 1
      guard interim <= Self.mostInterim, parsed.status != 101 else {
        throw HTTPError("it announces an answer, and none comes")
      }
      return
    }
    answer = HTTPAnswer(
      status: parsed.status, phrase: parsed.phrase,
      contentType: parsed.value(of: "content-type"), location: parsed.value(of: "location"))
    guard parsed.status == 200 else {
      state = .over(.success(answer))
      return
    }
    switch try parsed.framing() {
    case .length(0): state = .over(.success(answer))
    case .length(let length):
      guard length <= Self.longestBody else { throw tooLong }
      state = .counted(left: length)
    case .chunked: state = .chunks(ChunkReader())
    case .untilEnd: state = .untilEnd
    }
  }
}

extension [UInt8] {
  /// Whether the last line, which has its end, is empty.
  fileprivate var endsWithEmptyLine: Bool {
    guard last == 0x0A else { return false }
    let before = dropLast()
    return before.last == 0x0A || before.suffix(2) == [0x0A, 0x0D]
  }
}
