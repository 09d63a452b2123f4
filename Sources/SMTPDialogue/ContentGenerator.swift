/// Message content of an exact size, made piece by piece in constant memory.
///
///     From: <…>  To: <…>  Subject: …  Message-ID: <…>      as many as fit, then an empty line
///     000000000231 abcdefghijklmnopqrstuvwxyz…              lines that begin with their own offset
///
/// The same arguments give the same bytes, on any day: no Date, no random part, no 8-bit byte. The
/// number at the start of each line says at which byte of the message it stands, so that a capture or
/// a truncated file tells how far it got.
package struct ContentGenerator: Equatable, Sendable {
  /// Bytes of the whole content, CRLFs included.
  package let size: Int
  /// Characters of a line of the body without CRLF; the last may be shorter.
  package let lineLength: Int

  private let header: [UInt8]
  private var made = 0
  private var line = Line()

  /// One line of the body: where it begins, and how long its text is.
  private struct Line: Equatable {
    var start = 0
    var length = 0
  }

  /// `size` under 0 counts as 0, `lineLength` under 1 as 1.
  package init(size: Int, lineLength: Int, envelope: Envelope, ehloName: String) {
    self.size = max(size, 0)
    self.lineLength = max(lineLength, 1)
    header = Self.header(fitting: self.size, envelope: envelope, ehloName: ehloName)
    beginLine(at: header.count)
  }

  /// The next bytes, at most `limit` of them; none when the content is complete.
  package mutating func next(atMost limit: Int) -> [UInt8] {
    let end = made + min(max(limit, 0), size - made)
    return unsafe [UInt8](unsafeUninitializedCapacity: end - made) { buffer, count in
      var piece = unsafe Piece(UnsafeMutableRawBufferPointer(buffer))
      while made < end {
        if made < header.count {
          append(header[made..<min(header.count, end)], to: &piece)
        } else {
          appendLine(upTo: end, to: &piece)
          appendLinesLikeIt(upTo: end, to: &piece)
        }
      }
      count = piece.count
    }
  }

  private mutating func append(_ bytes: ArraySlice<UInt8>, to piece: inout Piece) {
    piece.append(bytes)
    made += bytes.count
  }

  /// Begins a line of the body; it never leaves one single byte behind, too few for the CRLF of the
  /// last. A content of one byte has no line end at all.
  private mutating func beginLine(at start: Int) {
    let left = size - start
    line.start = start
    line.length = left < 2 ? left : min(lineLength, left - 2)
    if left - line.length == 3 { line.length -= 1 }
  }

  /// Appends what is next of the current line, at most to `end`.
  private mutating func appendLine(upTo end: Int, to piece: inout Piece) {
    let place = made - line.start
    let reach = min(line.length, end - line.start)
    if place < min(reach, LineNumber.width) {
      let number = LineNumber(line.start).text
      append(number[place..<min(LineNumber.width, reach)], to: &piece)
    } else if place < reach {
      let text =
        place == LineNumber.width
        ? Self.space : Self.filling[((place - LineNumber.width - 1) % Self.period)...]
      append(text.prefix(reach - place), to: &piece)
    } else {
      append(Self.lineEnd[(place - line.length)...].prefix(end - made), to: &piece)
      if made == line.start + line.length + 2 { beginLine(at: made) }
    }
  }

  /// Appends the lines that follow a whole one and are as long, as many as end before `end`: copies of it
  /// with other numbers.
  private mutating func appendLinesLikeIt(upTo end: Int, to piece: inout Piece) {
    let length = lineLength + 2
    guard made == line.start, made >= header.count + length, piece.count >= length,
      lineLength >= LineNumber.width
    else { return }
    // The last but one may have to be shorter, for the sake of the last.
    let count = min(end - made, size - made - 2) / length
    guard count > 0 else { return }
    piece.repeatLast(length, times: count)
    var number = LineNumber(made)
    let step = LineNumber(length)
    var place = piece.count - count * length
    for _ in 0..<count {
      piece.overwrite(at: place, with: number)
      number.add(step)
      place += length
    }
    beginLine(at: made + count * length)
    made = line.start
  }

  private static let lineEnd = [Byte.cr, Byte.lf]
  private static let space = [Byte.space][...]

  /// After this many bytes the text of a line repeats.
  private static let period = 64
  /// The text in one piece long enough to be copied at speed.
  private static let filling: [UInt8] = Array(
    String(
      repeating: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+/", count: 64
    ).utf8)

  /// As many header lines as fit whole, with the empty line behind them.
  ///
  /// What they leave for the body is nothing, or room for a CRLF at least.
  private static func header(fitting size: Int, envelope: Envelope, ehloName: String) -> [UInt8] {
    let sender = envelope.sender.isEmpty ? Array("postmaster@\(ehloName)".utf8) : envelope.sender
    let recipient = envelope.recipients.first ?? []
    let lines: [[UInt8]] = [
      Array("From: <".utf8) + sender + Array(">\r\n".utf8),
      Array("To: <".utf8) + recipient + Array(">\r\n".utf8),
      Array("Subject: smtpprobe test message of \(size) bytes\r\n".utf8),
      Array("Message-ID: <\(size).smtpprobe@\(ehloName)>\r\n".utf8),
    ]
    var header: [UInt8] = []
    for line in lines where line.allSatisfy({ $0 < 0x80 }) {
      let left = size - header.count - line.count - 2
      if left == 0 || left > 1 { header += line }
    }
    return header.isEmpty ? [] : header + [Byte.cr, Byte.lf]
  }
}

/// A piece of content that is being made, in memory that is there already.
@safe private struct Piece {
  private let bytes: UnsafeMutableRawBufferPointer
  /// Bytes made so far.
  private(set) var count = 0

  init(_ bytes: UnsafeMutableRawBufferPointer) { unsafe self.bytes = bytes }

  mutating func append(_ more: ArraySlice<UInt8>) {
    let room = unsafe UnsafeMutableRawBufferPointer(rebasing: bytes[count...])
    unsafe more.withUnsafeBytes { unsafe room.copyMemory(from: $0) }
    count += more.count
  }

  /// Appends the last `length` bytes again, so many times.
  mutating func repeatLast(_ length: Int, times: Int) {
    let start = count - length
    let end = count + length * times
    // Each time all that is there of them, which is twice as much as the time before.
    while count < end {
      let more = min(count - start, end - count)
      let room = unsafe UnsafeMutableRawBufferPointer(rebasing: bytes[count...])
      unsafe room.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[start..<(start + more)]))
      count += more
    }
  }

  /// Writes a number over what stands at `place`.
  func overwrite(at place: Int, with number: LineNumber) {
    unsafe bytes.storeBytes(of: number.high.bigEndian, toByteOffset: place, as: UInt32.self)
    unsafe bytes.storeBytes(of: number.low.bigEndian, toByteOffset: place + 4, as: UInt64.self)
  }
}
