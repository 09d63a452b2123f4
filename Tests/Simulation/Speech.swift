/// The commands in the bytes that the client's kernel took, read as a server would read them.
///
/// Message content counts as one command, `.`, that ends with `CR LF . CR LF` (RFC 5321 section
/// 4.1.1.4); it begins behind a DATA whose 354 the client has read. A chunk is one command with its
/// bytes (RFC 3030 section 2).
struct Speech {
  struct Command: Equatable {
    var text: String
    var end: Int
  }

  private let book: ReplyBook
  private(set) var commands: [Command] = []
  private(set) var length = 0
  /// Where the message content begins; `nil` before.
  private(set) var contentStart: Int?
  private var line: [UInt8] = []
  private var awaitsContent = false
  /// The chunk whose bytes are being said, and how many are left.
  private var chunk: (text: String, left: Int)?
  private var isContent = false
  /// How many bytes of CR LF . CR LF the last ones match.
  private var matched = 0

  init(_ book: ReplyBook) { self.book = book }

  mutating func heard(_ bytes: [UInt8], repliesRead: Int) {
    // DATA's reply has the number of the command, counted from the greeting.
    if awaitsContent, book.said(354, at: commands.count, in: repliesRead) {
      awaitsContent = false
      isContent = true
      contentStart = length
      matched = 2
    }
    for byte in bytes {
      length += 1
      if let open = chunk {
        chunk = open.left > 1 ? (open.text, open.left - 1) : nil
        if chunk == nil { commands.append(Command(text: open.text, end: length)) }
      } else if isContent {
        hearContent(byte)
      } else {
        line.append(byte)
        if byte == 0x0A { finishLine() }
      }
    }
  }

  private mutating func hearContent(_ byte: UInt8) {
    let wanted: [UInt8] = [0x0D, 0x0A, 0x2E, 0x0D, 0x0A]
    if byte == wanted[matched] {
      matched += 1
    } else {
      matched = byte == 0x0D ? 1 : 0
    }
    guard matched == 5 else { return }
    isContent = false
    matched = 0
    commands.append(Command(text: ".", end: length))
  }

  private mutating func finishLine() {
    let text = String(decoding: line.dropLast(2), as: UTF8.self)
    line = []
    let words = text.split(separator: " ")
    if words.first == "BDAT", let left = words.dropFirst().first.flatMap({ Int($0) }), left > 0 {
      chunk = (text, left)
      return
    }
    commands.append(Command(text: text, end: length))
    awaitsContent = text == "DATA"
  }
}
