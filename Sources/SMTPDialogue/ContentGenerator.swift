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

  /// One line of the body: where it begins, how its text begins, and how long that is.
  private struct Line: Equatable {
    var start = 0
    /// Twelve digits, the last of `start`, a space, and as much text as makes a usual line whole.
    var opening =
      Array(repeating: UInt8(ascii: "0"), count: 12) + [Byte.space] + filling.prefix(4 * period)
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
    var piece: [UInt8] = []
    let end = made + min(max(limit, 0), size - made)
    piece.reserveCapacity(end - made)
    while made < end {
      if made < header.count {
        append(header[made..<min(header.count, end)], to: &piece)
      } else {
        appendLine(upTo: end, to: &piece)
      }
    }
    return piece
  }

  private mutating func append(_ bytes: some Collection<UInt8>, to piece: inout [UInt8]) {
    piece += bytes
    made += bytes.count
  }

  /// Begins a line of the body; it never leaves one single byte behind, too few for the CRLF of the
  /// last. A content of one byte has no line end at all.
  private mutating func beginLine(at start: Int) {
    let left = size - start
    // Its number grows by the length of a line, which changes the last few digits.
    var carry = start - line.start
    var place = 12
    while carry > 0, place > 0 {
      place -= 1
      carry += Int(line.opening[place] - UInt8(ascii: "0"))
      line.opening[place] = UInt8(ascii: "0") + UInt8(carry % 10)
      carry /= 10
    }
    line.start = start
    line.length = left < 2 ? left : min(lineLength, left - 2)
    if left - line.length == 3 { line.length -= 1 }
  }

  /// Appends what is next of the current line, at most to `end`.
  private mutating func appendLine(upTo end: Int, to piece: inout [UInt8]) {
    let place = made - line.start
    let reach = min(line.length, end - line.start)
    if place < min(reach, line.opening.count) {
      append(line.opening[place..<min(line.opening.count, reach)], to: &piece)
    } else if place < reach {
      let phase = (place - line.opening.count) % Self.period
      let count = min(reach - place, Self.filling.count - phase)
      append(Self.filling[phase..<(phase + count)], to: &piece)
    } else {
      append(Self.lineEnd[(place - line.length)...].prefix(end - made), to: &piece)
      if made == line.start + line.length + 2 { beginLine(at: made) }
    }
  }

  private static let lineEnd = [Byte.cr, Byte.lf]

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
