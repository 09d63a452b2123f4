/// How much of SMTP a box between two ends understands: whether lines are commands or content.
///
/// It listens to both sides. Only what the server answers moves it into content or into TLS, so that
/// a command which was refused confuses nobody.
struct OverheardDialogue: Sendable {
  /// What the client's bytes are.
  enum Phase: Equatable, Sendable {
    /// The greeting is not over.
    case greeting
    /// Command lines.
    case commands
    /// Message content.
    case content
    /// TLS, or anything else that a box cannot read.
    case opaque
  }

  private(set) var phase = Phase.greeting
  /// Whether the next byte of the client begins a command line.
  private(set) var isAtLineStart = true
  private var reader = ContentReader(rules: [])
  /// The beginning of the server's line: its code and the character behind it.
  private var replyHead: [UInt8] = []

  /// Content bytes so far, the end of data not counted.
  var contentSize: Int { reader.count }

  /// Listens to what the server says.
  mutating func hearServer(_ bytes: [UInt8]) {
    for byte in bytes {
      if byte == 10 {
        takeReply(String(decoding: replyHead, as: UTF8.self))
        replyHead = []
      } else if replyHead.count < 4 {
        replyHead.append(byte == 13 ? 32 : byte)
      }
    }
  }

  /// Listens to one stretch of the client's bytes; answers with how many of them belong to what they
  /// began in, less than all when the end of data is among them and more follows.
  mutating func hearClient(_ bytes: ArraySlice<UInt8>) -> (count: Int, endsContent: Bool) {
    switch phase {
    case .greeting, .commands:
      if bytes.first == 22 { phase = .opaque }
      isAtLineStart = bytes.last.map { $0 == 10 } ?? isAtLineStart
      return (bytes.count, false)
    case .content:
      var rest = bytes
      guard reader.take(&rest) == .end else { return (bytes.count, false) }
      phase = .commands
      isAtLineStart = true
      return (bytes.count - rest.count, true)
    case .opaque:
      return (bytes.count, false)
    }
  }

  private mutating func takeReply(_ head: String) {
    guard !head.hasSuffix("-") else { return }
    switch (phase, head.prefix(3)) {
    case (.greeting, _): phase = .commands
    case (.commands, "354"):
      phase = .content
      reader = ContentReader(rules: [])
    case (.commands, "220"): phase = .opaque
    case (_, _): break
    }
  }
}
